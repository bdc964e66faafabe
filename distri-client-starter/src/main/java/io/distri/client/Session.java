package io.distri.client;

import io.distri.protocol.SessionToken;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The newest writes that this client saw, as one merged token. Sent with every DB call, it makes
 * the client read its own writes on any node. Safe for many threads.
 */
final class Session {

  /** Token and header, so that the header is written once per change. */
  private record Seen(SessionToken token, String header) {}

  private final AtomicReference<Seen> seen =
      new AtomicReference<>(new Seen(SessionToken.EMPTY, ""));

  /** The header to send; empty where nothing was seen. */
  String header() {
    return seen.get().header;
  }

  /**
   * Takes a node's header in. A malformed one is ignored: it can only come from a node that is
   * broken, and calls go on without it.
   *
   * <p>A vector outgrows the header only when nodes restarted about 190 times in the client's life.
   * Nodes fold ended actors away, a client can't: then it goes on from the token that came last,
   * which covers what this client sent with the call it answers.
   */
  void saw(String header) {
    if (header.isEmpty() || header.equals(header())) {
      return;
    }
    SessionToken token;
    try {
      token = SessionToken.parse(header);
    } catch (IllegalArgumentException malformed) {
      return;
    }
    seen.updateAndGet(old -> {
      SessionToken merged = old.token.merge(token);
      return merged.fits() ? new Seen(merged, merged.format()) : new Seen(token, header);
    });
  }
}
