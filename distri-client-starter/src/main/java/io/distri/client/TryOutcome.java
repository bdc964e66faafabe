package io.distri.client;

import io.distri.protocol.Headers;
import io.distri.protocol.ProblemType;
import java.time.Duration;

/** What one try of a call means for the call, and for the node that was tried. */
sealed interface TryOutcome {

  /** The service did it. */
  record Done(Reply.Answer answer) implements TryOutcome {}

  /** The service said no; every node would. */
  record Rejected(Problem problem) implements TryOutcome {}

  /** Nothing was executed; another node may do it. */
  record Refused(Why why, String reason, Duration retryAfter) implements TryOutcome {}

  /** The node does not offer the service; nothing was executed. */
  record NotOffered(Problem problem) implements TryOutcome {}

  /** It may or may not have been executed. */
  record Unclear(String reason, boolean timedOut) implements TryOutcome {}

  /** Why a node refused. */
  enum Why {
    /** It has more work than it can take. */
    BUSY,
    /** It lacks writes that the session must see. */
    BEHIND,
    /** It does not serve now. */
    UNAVAILABLE,
    /** It could not be reached. */
    UNREACHABLE
  }

  /** Whether it speaks against the node: others should be preferred for a while. */
  default boolean isFailureOfNode() {
    if (this instanceof Refused refused) {
      return refused.why == Why.UNAVAILABLE || refused.why == Why.UNREACHABLE;
    }
    return this instanceof Unclear;
  }

  /** Whether it shows that the node is well: a refusal for lack of room says nothing of that. */
  default boolean isSignOfHealth() {
    return !(this instanceof Refused) && !(this instanceof Unclear);
  }

  /** Whether the caller's patience ended it. */
  default boolean isTimeout() {
    return this instanceof Unclear unclear && unclear.timedOut;
  }

  /** Reads a reply. */
  static TryOutcome of(Reply reply) {
    if (reply instanceof Reply.NotSent notSent) {
      return new Refused(Why.UNREACHABLE, notSent.reason(), Duration.ZERO);
    }
    if (reply instanceof Reply.Lost lost) {
      return new Unclear(lost.reason(), lost.timedOut());
    }
    Reply.Answer answer = (Reply.Answer) reply;
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return new Done(answer);
    }
    Problem problem = Problems.of(answer);
    if (status == 429 || status == 408) {
      return new Refused(Why.BUSY, problem.toString(), retryAfter(answer));
    }
    if (status == 404 && problem.is(ProblemType.UNKNOWN_SERVICE)) {
      return new NotOffered(problem);
    }
    if (status < 500 || status == 501 || status == 505) {
      return new Rejected(problem);
    }
    if (answer.header(Headers.EXECUTED).equals(Headers.EXECUTED_NO)) {
      return new Refused(why(problem), problem.toString(), retryAfter(answer));
    }
    return new Unclear(problem.toString(), false);
  }

  private static Why why(Problem problem) {
    if (problem.is(ProblemType.BEHIND_SESSION)) {
      return Why.BEHIND;
    }
    // A node that can't make it by the deadline has more to do than others, and one whose DB is
    // full
    // reads as well as any: neither is worse than they are.
    return problem.is(ProblemType.DEADLINE_PASSED) || problem.is(ProblemType.DB_FULL)
        ? Why.BUSY
        : Why.UNAVAILABLE;
  }

  /** {@code Retry-After} in seconds; its other spelling, a date, is not one that nodes use. */
  private static Duration retryAfter(Reply.Answer answer) {
    String seconds = answer.header("Retry-After");
    return seconds.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ZERO;
  }
}
