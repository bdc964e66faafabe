package io.distri.node.problem;

import io.distri.protocol.ProblemType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call that ends in a problem; its message is the problem's {@code detail}. */
public final class ProblemException extends RuntimeException {
  private final ProblemType type;
  private final @Nullable Duration retryAfter;

  /**
   * @param detail what was wrong and what to do, for the caller's eyes
   */
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, null);
  }

  /**
   * @param retryAfter when it makes sense to come back to this node
   */
  public ProblemException(ProblemType type, String detail, @Nullable Duration retryAfter) {
    super(detail, null, false, false);
    this.type = type;
    this.retryAfter = retryAfter;
  }

  public ProblemType type() {
    return type;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
