package io.distri.client;

import io.distri.protocol.ServiceNames;
import java.time.Duration;
import java.util.List;

/** Puts into words, and into the right exception, why a call failed. */
final class CallFailures {

  private CallFailures() {}

  /** The deadline passed; what is known by then decides which exception says so. */
  static DistriException deadlinePassed(Call call, CallHistory history) {
    if (history.unclear() > 0 && !call.readsOnly()) {
      return outcomeUnknown(call, history, "the deadline of " + text(call.allowed()) + " passed");
    }
    if (history.attempts() > 0 && history.unclear() == 0) {
      return refusedEverywhere(call, history);
    }
    return new DeadlinePassedException(
        call.service()
            + " had no answer when its deadline of "
            + text(call.allowed())
            + " passed; nothing was changed."
            + " Give it more time (distri.client.deadline), or the cluster more nodes.",
        call.service(),
        history.tries());
  }

  static DistriException refusedEverywhere(Call call, CallHistory history) {
    return new RefusedEverywhereException(
        call.service()
            + " was refused by every node within its deadline of "
            + text(call.allowed())
            + "; nothing was executed."
            + " Start nodes or add some, or give the call more time (distri.client.deadline).",
        call.service(),
        history.tries());
  }

  /** The call never got past the gate. */
  static DistriException notAdmitted(Call call, int inside) {
    return new DeadlinePassedException(
        call.service()
            + " waited for its whole deadline of "
            + text(call.allowed())
            + " in line behind "
            + inside
            + " calls of this client and was not sent. Give it more time (distri.client.deadline),"
            + " or the cluster more nodes.",
        call.service(),
        List.of());
  }

  /** An asynchronous call found no thread, nor room to wait for one. */
  static DistriException noThread(Call call) {
    return new RefusedEverywhereException(
        call.service()
            + " was not sent: too many asynchronous calls of this client wait already."
            + " Send fewer at a time.",
        call.service(),
        List.of());
  }

  static DistriException surveyInterrupted() {
    return new CallInterruptedException(
        "The stats were not collected: the calling thread was interrupted.",
        ServiceNames.STATS,
        List.of());
  }

  static DistriException outcomeUnknown(Call call, CallHistory history, String why) {
    return new OutcomeUnknownException(
        call.service()
            + " may or may not have been executed, and was not sent again: "
            + why
            + (call.readsOnly() ? "." : ". Look before you repeat it."),
        call.service(),
        history.tries());
  }

  static DistriException rejected(Call call, CallHistory history, String by, Problem problem) {
    return new RejectedException(
        call.service() + " was rejected by " + by + ": " + problem,
        call.service(),
        problem,
        history.tries());
  }

  static DistriException noNode(Call call, String contacts) {
    return new NoNodeKnownException(
        call.service()
            + " has no node to go to: none of "
            + contacts
            + " has an address. Check distri.client.nodes and the name service.",
        call.service());
  }

  static DistriException interrupted(Call call, CallHistory history) {
    if (history.unclear() > 0 && !call.readsOnly()) {
      return outcomeUnknown(call, history, "the calling thread was interrupted");
    }
    return new CallInterruptedException(
        call.service() + " was given up: the calling thread was interrupted; nothing was changed.",
        call.service(),
        history.tries());
  }

  private static String text(Duration duration) {
    long ms = duration.toMillis();
    return ms % 1000 == 0 ? ms / 1000 + " s" : ms + " ms";
  }
}
