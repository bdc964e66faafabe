package io.distri.cli.demo;

import io.distri.cli.terminal.Failure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for things to come true. */
final class Patience {

  private static final Duration POLL = Duration.ofMillis(20);

  private Patience() {}

  /** A question that is asked again; a failure to answer counts as no. */
  @FunctionalInterface
  interface Question {
    boolean isTrue() throws java.io.IOException;
  }

  /** Asks until the answer is yes or the time is over, and returns the last answer. */
  static boolean until(Duration time, Question question) {
    long deadline = System.nanoTime() + time.toNanos();
    while (!answer(question)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      pause(POLL);
    }
    return true;
  }

  /** Lets time pass. */
  static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted.", e);
    }
  }

  private static boolean answer(Question question) {
    try {
      return question.isTrue();
    } catch (java.io.IOException notYet) {
      return false;
    }
  }
}
