package io.distri.node.admission;

import io.distri.protocol.LoadReport;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One class of work: so many calls run at once, and a bounded number waits, first come first
 * served. Safe for use by many threads.
 */
final class Lane {

  /** A queue holds what drains in this time: longer waits are spent better at another node. */
  private static final Duration QUEUE = Duration.ofSeconds(1);

  /**
   * Even where calls are slow, a few may wait, so that a permit never idles between two callers.
   */
  private static final int SHORTEST_QUEUE = 4;

  private static final int LONGEST_QUEUE = 1024;

  /**
   * Calls that the mean service time remembers, in the mean. With ten it was wrong by a quarter at
   * any time where the work varies, and clients took equal nodes for different ones: 5 % to 10 % of
   * their p99 in the simulation.
   */
  private static final int REMEMBERED = 33;

  /**
   * A call counts for at most so many times the mean: one that met a pause must not make the node
   * look slow for its next hundred calls, while one that has become slow shows after a few.
   */
  private static final double LONGEST = 10;

  private final int permits;
  private final Semaphore running;
  private final AtomicInteger held = new AtomicInteger();
  private volatile double serviceMs;
  private int measured;

  /**
   * @param permits how many calls run at once
   * @param serviceMs what a call is taken to cost before one was measured, in milliseconds
   */
  Lane(int permits, double serviceMs) {
    this.permits = permits;
    this.running = new Semaphore(permits, true);
    this.serviceMs = serviceMs;
  }

  /** What came of a call that wanted in. */
  enum Entry {
    RUNNING,
    FULL,
    TOO_LATE
  }

  /** Waits for a permit, unless the queue is full or the wait would outlast the caller. */
  Entry enter(Duration patience) throws InterruptedException {
    if (held.incrementAndGet() > permits + queueBound()) {
      held.decrementAndGet();
      return Entry.FULL;
    }
    boolean admitted = false;
    try {
      if (expectedWait().compareTo(patience) > 0) {
        return Entry.TOO_LATE;
      }
      admitted = running.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
      return admitted ? Entry.RUNNING : Entry.TOO_LATE;
    } finally {
      if (!admitted) {
        held.decrementAndGet();
      }
    }
  }

  /** Ends a call that ran. */
  void leave() {
    running.release();
    held.decrementAndGet();
  }

  /** Learns from a call that ended well. */
  void took(Duration time) {
    double ms = time.toNanos() / 1e6;
    synchronized (this) {
      // The first calls count for more, so that a wrong guess is soon forgotten.
      measured = Math.min(measured + 1, REMEMBERED - 1);
      serviceMs += (Math.min(ms, LONGEST * serviceMs) - serviceMs) / (measured + 1);
    }
  }

  /** How long a caller that comes now waits, going by the mean. */
  Duration expectedWait() {
    double ahead = Math.max(0, held.get() - permits);
    return Duration.ofNanos((long) (ahead / permits * serviceMs * 1e6));
  }

  int held() {
    return held.get();
  }

  LoadReport.Work report() {
    double service = serviceMs;
    return new LoadReport.Work(held.get() * service, permits, queueBound(), service);
  }

  private int queueBound() {
    double drained = QUEUE.toMillis() * permits / Math.max(serviceMs, 0.001);
    return (int) Math.clamp(drained, SHORTEST_QUEUE, LONGEST_QUEUE);
  }
}
