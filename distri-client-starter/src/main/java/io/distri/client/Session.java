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
   * <p>Nodes leave out of a session what every one of them holds, and an answer's header stands for
   * the one that came with the call, too. So where anything was left out it takes the place of
   * that, and what other calls saw meanwhile is added: only so a session stays small.
   *
   * @param sent the header that went with the call
   */
  void saw(String header, String sent) {
    if (header.isEmpty() || header.equals(header())) {
      return;
    }
    SessionToken token;
    SessionToken before;
    try {
      token = SessionToken.parse(header);
      before = token.leavesOut() ? SessionToken.parse(sent) : SessionToken.EMPTY;
    } catch (IllegalArgumentException malformed) {
      return;
    }
    seen.updateAndGet(old -> {
      SessionToken merged = old.token.beyond(before).merge(token);
      return merged.fits() ? new Seen(merged, merged.format()) : new Seen(token, header);
    });
  }
}
