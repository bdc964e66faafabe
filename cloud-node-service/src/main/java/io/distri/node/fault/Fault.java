package io.distri.node.fault;

import java.time.Duration;

/**
 * One fault.
 *
 * @param factor of {@link FaultMode#SLOW}: how many times as long a call takes; above 1
 * @param duration how long it lasts
 */
record Fault(FaultMode mode, double factor, Duration duration) {
  private static final double SLOWEST = 1000;
  private static final Duration LONGEST = Duration.ofDays(1);

  Fault {
    if (!(factor > 1 && factor <= SLOWEST)) {
      throw new IllegalArgumentException("factor must be above 1, up to 1000, not " + factor);
    }
    if (!duration.isPositive() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("duration must be positive, up to a day");
    }
  }
}
