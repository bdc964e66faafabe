package io.distri.node.service;

import java.time.Duration;
import java.util.Optional;

/**
 * The moment until which a caller waits.
 *
 * @param nanos on {@link System#nanoTime()}'s clock
 * @param asked whether the caller named it; else it is the node's own bound
 */
public record Deadline(long nanos, boolean asked) {

  /** As long as a node works on a call whose caller named no deadline, and on any call at most. */
  static final Duration LONGEST = Duration.ofMinutes(2);

  /** So much from now. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos(), true);
  }

  /** Reads the {@code Distri-Deadline-Ms} header; what is no number is ignored. */
  static Deadline ofHeader(Optional<String> millis) {
    if (millis.isPresent() && millis.get().matches("\\d{1,9}")) {
      long asked = Math.min(Long.parseLong(millis.get()), LONGEST.toMillis());
      return in(Duration.ofMillis(asked));
    }
    return new Deadline(System.nanoTime() + LONGEST.toNanos(), false);
  }

  /** What is left, never negative. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  /** The nearer of the two: this, or so much from now. */
  public Duration leftAtMost(Duration bound) {
    Duration left = left();
    return left.compareTo(bound) < 0 ? left : bound;
  }

  public boolean passed() {
    return nanos - System.nanoTime() <= 0;
  }
}
