package io.distri.client;

import io.distri.protocol.HostPort;
import java.time.Duration;

/** Carries one request to one node and brings back what came of it; never tries again by itself. */
interface NodeTransport extends AutoCloseable {

  /**
   * Blocks until the node answered, failed, or the timeout passed, whichever is first.
   *
   * @throws IllegalStateException once the transport is closed
   */
  Reply exchange(HostPort node, Message message, Duration timeout);

  @Override
  void close();
}
