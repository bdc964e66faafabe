package io.distri.node.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The fault that the node plays now, if any. Safe for use by many threads. */
final class Faults {
  private static final Logger log = LoggerFactory.getLogger(Faults.class);

  private final Runnable count;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Fault fault;
  private long endNanos;

  /**
   * @param count called with each fault that begins
   */
  Faults(Runnable count) {
    this.count = count;
  }

  /** Begins a fault, in place of one that lasts still. */
  void begin(Fault next) {
    count.run();
    log.warn("plays {} for {} ms", next.mode(), next.duration().toMillis());
    set(next);
  }

  /** Ends the fault before its time. */
  void end() {
    set(null);
  }

  private void set(@Nullable Fault next) {
    lock.lock();
    try {
      fault = next;
      endNanos = System.nanoTime() + (next == null ? 0 : next.duration().toNanos());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Optional<Fault> current() {
    lock.lock();
    try {
      return Optional.ofNullable(left() > 0 ? fault : null);
    } finally {
      lock.unlock();
    }
  }

  private long left() {
    return fault == null ? 0 : endNanos - System.nanoTime();
  }

  /**
   * Blocks while this fault lasts, or the same once more, so long at most.
   *
   * @return whether it is over
   */
  boolean outlast(Fault playing, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long end = System.nanoTime() + atMost.toNanos();
      while (playing.equals(fault) && left() > 0) {
        long patience = Math.min(left(), end - System.nanoTime());
        if (patience <= 0) {
          return false;
        }
        changed.await(patience, TimeUnit.NANOSECONDS);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
