package io.distri.node.db;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Where reads wait for what their session has seen, and listeners for news. Thread-safe. */
final class SessionGate {
  private final AtomicReference<Snapshot> current;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();

  SessionGate(AtomicReference<Snapshot> current) {
    this.current = current;
  }

  /** Blocks until the current snapshot covers the session; false where it doesn't in time. */
  boolean await(VersionVector session, Duration atMost) throws InterruptedException {
    return await(() -> current.get().version().covers(session), atMost);
  }

  /** Blocks until the current snapshot covers more than was told; false where it doesn't. */
  boolean awaitMore(FeedToken told, Duration atMost) throws InterruptedException {
    return await(() -> Feed.hasMore(current.get(), told), atMost);
  }

  private boolean await(BooleanSupplier reached, Duration atMost) throws InterruptedException {
    if (reached.getAsBoolean()) {
      return true;
    }
    long nanos = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (!reached.getAsBoolean()) {
        if (nanos <= 0) {
          return false;
        }
        nanos = advanced.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Says that the current snapshot's vector has grown. */
  void advanced() {
    lock.lock();
    try {
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
