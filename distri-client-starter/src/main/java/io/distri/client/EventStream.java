package io.distri.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Server-sent events of one node, as they come. For one thread; another one may close it. */
public interface EventStream extends AutoCloseable {

  /**
   * Waits for the next event.
   *
   * @return null where the node ended the stream
   * @throws IOException where the connection was lost, or nothing came for a while, not even a
   *     heartbeat
   */
  @Nullable ServerEvent next() throws IOException;

  /** Ends the stream; a thread that waits for an event gets an {@link IOException}. */
  @Override
  void close();
}
