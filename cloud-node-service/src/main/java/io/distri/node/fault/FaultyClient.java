package io.distri.node.fault;

import io.distri.node.security.InternalClient;
import io.distri.protocol.HostPort;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The way to other nodes of one that plays dead or silent: nothing goes out meanwhile. */
final class FaultyClient extends InternalClient {
  private final Faults faults;

  FaultyClient(InternalClient client, Faults faults) {
    super(client);
    this.faults = faults;
  }

  @Override
  public Answer post(
      HostPort node, String path, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException, InterruptedException {
    Optional<Fault> fault = faults.current();
    if (fault.isPresent() && fault.get().mode() == FaultMode.DEAD) {
      throw new IOException("this node plays dead");
    }
    if (fault.isPresent()
        && fault.get().mode() == FaultMode.SILENT
        && !faults.outlast(fault.get(), timeout)) {
      throw new IOException("this node plays silent");
    }
    return super.post(node, path, headers, body, timeout);
  }
}
