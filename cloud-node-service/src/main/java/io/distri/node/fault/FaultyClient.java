package io.distri.node.fault;

import io.distri.node.security.InternalClient;
import io.distri.protocol.HostPort;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way to other nodes of one that plays dead, silent or cut off: nothing goes out meanwhile, and
 * a connection that hangs is noticed after the time that the caller has for it.
 */
final class FaultyClient extends InternalClient {
  private static final List<FaultMode> HANGING = List.of(FaultMode.SILENT, FaultMode.CUT_OFF);

  private final Faults faults;

  FaultyClient(InternalClient client, Faults faults) {
    super(client);
    this.faults = faults;
  }

  @Override
  public Answer post(
      HostPort node, String path, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException, InterruptedException {
    pass(timeout);
    return super.post(node, path, headers, body, timeout);
  }

  @Override
  public Stream open(HostPort node, String path, byte[] body, Duration timeout)
      throws IOException, InterruptedException {
    pass(timeout);
    return super.open(node, path, body, timeout);
  }

  private void pass(Duration timeout) throws IOException, InterruptedException {
    if (faults.current(FaultMode.DEAD).isPresent()) {
      throw new IOException("this node plays dead");
    }
    for (FaultMode mode : HANGING) {
      Optional<Fault> fault = faults.current(mode);
      if (fault.isPresent() && !faults.outlast(fault.get(), timeout)) {
        throw new IOException("this node plays " + mode);
      }
    }
  }
}
