package io.distri.node.admission;

import io.distri.protocol.LoadReport;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

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

  private final int permits;
  private final Semaphore running;
  private final AtomicInteger held = new AtomicInteger();
  private final CoDel codel = new CoDel();
  private final ServiceTime serviceTime;
  private final LongSupplier nanoTime;

  /**
   * @param permits how many calls run at once
   * @param guessMs what a call is taken to take before one was measured
   */
  Lane(int permits, double guessMs, LongSupplier nanoTime) {
    this.permits = permits;
    this.running = new Semaphore(permits, true);
    this.serviceTime = new ServiceTime(guessMs, nanoTime);
    this.nanoTime = nanoTime;
  }

  /** What came of a call that wanted in. */
  enum Entry {
    RUNNING,
    BUSY,
    TOO_LATE
  }

  /** Waits for a permit, unless the queue is full or the wait would outlast the caller. */
  Entry enter(Patience patience) throws InterruptedException {
    if (held.incrementAndGet() > permits + queueBound()) {
      held.decrementAndGet();
      return Entry.BUSY;
    }
    Entry entry = Entry.TOO_LATE;
    try {
      if (expectedWait().compareTo(patience.left()) <= 0) {
        entry = queue(patience);
      }
      return entry;
    } finally {
      if (entry != Entry.RUNNING) {
        held.decrementAndGet();
      }
    }
  }

  /** Waits for a permit for a call that had one before; it has been let in already. */
  boolean enterAgain(Duration atMost) throws InterruptedException {
    if (!running.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    held.incrementAndGet();
    return true;
  }

  private Entry queue(Patience patience) throws InterruptedException {
    long queued = nanoTime.getAsLong();
    if (!running.tryAcquire(patience.left().toNanos(), TimeUnit.NANOSECONDS)) {
      return Entry.TOO_LATE;
    }
    long now = nanoTime.getAsLong();
    // Whoever names a deadline has said what wait is too long; for all others this rule does.
    if (!patience.named() && codel.sheds(now - queued, now)) {
      running.release();
      return Entry.BUSY;
    }
    return Entry.RUNNING;
  }

  /** Ends a call that ran. */
  void leave() {
    running.release();
    held.decrementAndGet();
  }

  /** Learns from a call that ended well. */
  void took(Duration time) {
    serviceTime.took(time);
  }

  /** How long a caller that comes now waits, going by the mean. */
  Duration expectedWait() {
    double ahead = Math.max(0, held.get() - permits);
    return Duration.ofNanos((long) (ahead / permits * serviceTime.meanMs() * 1e6));
  }

  /** Counts a call that waits for something else than a permit. */
  void queues() {
    held.incrementAndGet();
  }

  /** It has what it waited for, or gave up. */
  void queued() {
    held.decrementAndGet();
  }

  /** Whether a call that comes now is refused. */
  boolean isFull() {
    return held.get() >= permits + queueBound();
  }

  int held() {
    return held.get();
  }

  LoadReport.Work report() {
    double serviceMs = serviceTime.meanMs();
    return new LoadReport.Work(held.get() * serviceMs, permits, queueBound(serviceMs), serviceMs);
  }

  private int queueBound() {
    return queueBound(serviceTime.meanMs());
  }

  private int queueBound(double serviceMs) {
    double drained = QUEUE.toMillis() * permits / Math.max(serviceMs, 0.001);
    return (int) Math.clamp(drained, SHORTEST_QUEUE, LONGEST_QUEUE);
  }
}
