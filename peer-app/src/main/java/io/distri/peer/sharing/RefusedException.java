package io.distri.peer.sharing;

/** What a peer does not do, with a message for the person who asked. */
public final class RefusedException extends RuntimeException {

  /** Why. */
  public enum Reason {
    /** There is no such image, peer, request or grant. */
    UNKNOWN,
    /** It is not allowed, or not any more. */
    FORBIDDEN,
    /** What was asked for makes no sense. */
    MALFORMED,
    /** It needs somebody who is not there at the moment. */
    UNREACHABLE
  }

  private final Reason reason;

  public RefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** The message alone. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
