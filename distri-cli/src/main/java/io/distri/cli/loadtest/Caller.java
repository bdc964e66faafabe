package io.distri.cli.loadtest;

import java.time.Duration;

/**
 * Makes calls and tallies them. Safe for use by many threads.
 *
 * @param patience how long a call waits for its answer, counted from when it was due
 */
record Caller(Tally tally, Duration patience) {

  /** A call to the nodes. */
  @FunctionalInterface
  interface Call {
    /**
     * Makes it, and returns whether the answer is as it should be.
     *
     * @param deadline how long it may take
     */
    boolean isAnswered(Duration deadline);
  }

  /**
   * Makes a call with what is left of its patience, and returns whether it ended well.
   *
   * @param due when it should have begun, by {@link System#nanoTime}
   */
  boolean make(long due, Call call) {
    long left = patience.toNanos() - (System.nanoTime() - due);
    if (left <= 0) {
      tally.notStarted();
      return false;
    }
    try {
      if (call.isAnswered(Duration.ofNanos(left))) {
        tally.done(Duration.ofNanos(System.nanoTime() - due));
        return true;
      }
      tally.failed("the answer is not what it should be");
    } catch (RuntimeException e) { // whatever it is: a call that isn't counted would look clean
      tally.failed(e.getClass().getSimpleName());
    }
    return false;
  }

  /**
   * Whether no call has ended well for three quarters of the time that one may take. All of it
   * would be too long: a call that began together with the last good one ends just before.
   */
  boolean isHopeless() {
    return tally.sinceLastDone().compareTo(patience.multipliedBy(3).dividedBy(4)) > 0;
  }
}
