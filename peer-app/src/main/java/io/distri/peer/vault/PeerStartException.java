package io.distri.peer.vault;

import io.distri.protocol.IoReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A peer that can't start; the message is all that its person sees, a sentence. */
public final class PeerStartException extends RuntimeException {
  PeerStartException(String sentence) {
    this(sentence, null);
  }

  private PeerStartException(String sentence, @Nullable IOException cause) {
    super(sentence, cause);
  }

  /**
   * Something could not be read or written.
   *
   * @param what failed, the beginning of a sentence that goes on with the reason
   */
  public static PeerStartException of(String what, IOException reason) {
    return new PeerStartException(what + ": " + IoReason.of(reason) + ".", reason);
  }
}
