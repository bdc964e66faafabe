package io.distri.node.admission;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The mean time that a call takes once it runs, by which clients elect: an exponentially weighted
 * mean over the calls that ended well. A node that is avoided for its mean gets no calls that could
 * correct it; so what is known ages. While no call ends the mean goes down, until somebody tries
 * the node again, and the call that then ends counts for as much as the memory has faded. Safe for
 * use by many threads.
 */
final class ServiceTime {

  /**
   * Calls that are remembered, in the mean. With ten the mean was wrong by a quarter at any time
   * where the work varies, and clients took equal nodes for different ones: 5 % to 10 % of their
   * p99 in the simulation.
   */
  private static final int REMEMBERED = 33;

  /**
   * A call counts for so many times the mean at most: one that a pause of the machine caught says
   * nothing of the next, and a node that has become slower is believed after a few.
   */
  private static final double MOST_TIMES_MEAN = 10;

  /**
   * In which half of an idle node's memory fades. A node 16 times as slow as others is tried again
   * after two minutes; one that recovered is back then.
   */
  private static final double HALVED_IN_NANOS = Duration.ofSeconds(30).toNanos();

  private final LongSupplier nanoTime;
  private double meanMs;
  private int measured;
  private long updatedAtNanos;

  /**
   * @param guessMs what a call is taken to take before one was measured
   */
  ServiceTime(double guessMs, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.meanMs = guessMs;
    this.updatedAtNanos = nanoTime.getAsLong();
  }

  /** A call ended well. */
  synchronized void took(Duration time) {
    long now = nanoTime.getAsLong();
    double counted = Math.min(time.toNanos() / 1e6, MOST_TIMES_MEAN * meanMs);
    // The first calls count for more, so that a wrong guess is soon forgotten.
    measured = Math.min(measured + 1, REMEMBERED - 1);
    double newest = 1.0 / (measured + 1);
    meanMs += Math.max(newest, 1 - remembered(now)) * (counted - meanMs);
    updatedAtNanos = now;
  }

  /** The mean as far as it is remembered, in milliseconds. */
  synchronized double meanMs() {
    return meanMs * remembered(nanoTime.getAsLong());
  }

  private double remembered(long nowNanos) {
    return Math.pow(0.5, Math.max(0, nowNanos - updatedAtNanos) / HALVED_IN_NANOS);
  }
}
