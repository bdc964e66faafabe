package io.distri.cli.loadtest;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Moments of a Poisson process, as calls of many independent users are: the gaps between them are
 * exponentially distributed. The same seed gives the same moments. Safe for use by many threads,
 * each of which takes the next one.
 */
final class Arrivals {

  private final double meanGapNanos;
  private final long endNanos;
  private final long seed;
  private final SplittableRandom random;
  private double nanos;

  /**
   * @param rate mean number a second
   * @param duration after which there are no more
   */
  Arrivals(double rate, Duration duration, long seed) {
    this.meanGapNanos = 1e9 / rate;
    this.endNanos = duration.toNanos();
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /** The next moment, in nanoseconds from the beginning; empty after the last. */
  synchronized OptionalLong next() {
    nanos -= Math.log(1 - random.nextDouble()) * meanGapNanos;
    return nanos < endNanos ? OptionalLong.of((long) nanos) : OptionalLong.empty();
  }

  /** How many there are from the beginning on, taken ones included. */
  long count() {
    Arrivals all = new Arrivals(1e9 / meanGapNanos, Duration.ofNanos(endNanos), seed);
    long count = 0;
    while (all.next().isPresent()) {
      count++;
    }
    return count;
  }
}
