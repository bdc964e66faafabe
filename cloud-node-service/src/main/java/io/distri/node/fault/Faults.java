package io.distri.node.fault;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The faults that the node plays now, one of a mode at most. Safe for use by many threads. */
final class Faults {
  private static final Logger log = LoggerFactory.getLogger(Faults.class);

  private record Playing(Fault fault, long endNanos) {
    long left() {
      return endNanos - System.nanoTime();
    }
  }

  private final Runnable count;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<FaultMode, Playing> playing = new EnumMap<>(FaultMode.class);

  /**
   * @param count called with each fault that begins
   */
  Faults(Runnable count) {
    this.count = count;
  }

  /** Begins a fault, in place of one of its mode that lasts still. */
  void begin(Fault next) {
    count.run();
    log.warn("plays {} for {} ms", next.mode(), next.duration().toMillis());
    change(() ->
        playing.put(next.mode(), new Playing(next, System.nanoTime() + next.duration().toNanos())));
  }

  /** Ends all faults before their time. */
  void end() {
    change(playing::clear);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The fault of this mode, while there is one. */
  Optional<Fault> current(FaultMode mode) {
    lock.lock();
    try {
      return Optional.ofNullable(playing.get(mode))
          .filter(now -> now.left() > 0)
          .map(Playing::fault);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Blocks while this fault lasts, or the same once more, so long at most.
   *
   * @return whether it is over
   */
  boolean outlast(Fault fault, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long end = System.nanoTime() + atMost.toNanos();
      while (true) {
        Playing now = playing.get(fault.mode());
        if (now == null || !now.fault.equals(fault) || now.left() <= 0) {
          return true;
        }
        long patience = Math.min(now.left(), end - System.nanoTime());
        if (patience <= 0) {
          return false;
        }
        changed.await(patience, TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }
}
