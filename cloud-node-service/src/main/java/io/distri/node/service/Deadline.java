package io.distri.node.service;

import io.distri.node.problem.ProblemException;
import io.distri.protocol.ProblemType;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The moment until which a caller waits.
 *
 * @param nanos on {@link System#nanoTime()}'s clock
 * @param asked whether the caller named it; else it is the node's own bound
 */
public record Deadline(long nanos, boolean asked) {

  /** As long as a node works on a call whose caller named no deadline, and on any call at most. */
  static final Duration LONGEST = Duration.ofMinutes(2);

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

  /** So much from now. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos(), true);
  }

  /**
   * Reads the {@code Distri-Deadline-Ms} header.
   *
   * @throws ProblemException where it is no whole number, or the caller waits no more
   */
  static Deadline ofHeader(Optional<String> millis) {
    if (millis.isEmpty()) {
      return new Deadline(System.nanoTime() + LONGEST.toNanos(), false);
    }
    if (!NUMBER.matcher(millis.get()).matches()) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST,
          "The Distri-Deadline-Ms header must be a whole number of milliseconds.");
    }
    long asked = Long.parseLong(millis.get());
    if (asked <= 0) {
      throw new ProblemException(
          ProblemType.DEADLINE_PASSED, "The caller's deadline has passed. Nothing was executed.");
    }
    return in(Duration.ofMillis(Math.min(asked, LONGEST.toMillis())));
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
