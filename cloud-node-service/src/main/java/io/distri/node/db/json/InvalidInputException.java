package io.distri.node.db.json;

import io.distri.protocol.ProblemType;

/**
 * Input of a caller that is not acceptable. Thrown before anything is changed; the message says
 * what is wrong and what would be right, for the caller's eyes.
 */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType problem;

  public InvalidInputException(ProblemType problem, String detail) {
    super(detail);
    this.problem = problem;
  }

  /** Which error of the protocol this is. */
  public ProblemType problem() {
    return problem;
  }

  /** What is wrong; the exception's message. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
