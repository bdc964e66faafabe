package io.distri.client;

import java.util.List;

/** The service looked at the call and said no; another try would get the same answer. */
public final class RejectedException extends DistriException {

  private final Problem problem;

  RejectedException(String message, String service, Problem problem, List<NodeTry> tries) {
    super(message, service, tries);
    this.problem = problem;
  }

  /** What the service said. */
  public Problem problem() {
    return problem;
  }

  @Override
  CallListener.Outcome outcome() {
    return CallListener.Outcome.REJECTED;
  }
}
