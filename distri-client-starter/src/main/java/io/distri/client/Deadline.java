package io.distri.client;

import java.time.Duration;

/**
 * The moment until which a call waits.
 *
 * @param atNanos on the clock of {@link System#nanoTime}
 */
record Deadline(long atNanos) {

  static Deadline after(Duration wait, long nowNanos) {
    return new Deadline(nowNanos + wait.toNanos());
  }

  /** What is left; zero or less where it has passed. */
  Duration remaining(long nowNanos) {
    return Duration.ofNanos(atNanos - nowNanos);
  }

  boolean passed(long nowNanos) {
    return atNanos - nowNanos <= 0;
  }
}
