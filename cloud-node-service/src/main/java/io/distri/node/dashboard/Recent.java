package io.distri.node.dashboard;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last values of a series, for pages that come late, and where all pages wait for the next one.
 * Safe for use by many threads.
 *
 * @param <T> immutable
 */
public final class Recent<T> {

  /**
   * A value with its number; the first has 0.
   *
   * @param <T> of the value
   */
  public record Numbered<T>(long number, T value) {}

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final Deque<Numbered<T>> kept = new ArrayDeque<>();
  private long next;

  /**
   * @param most how many are kept
   */
  public Recent(int most) {
    this.most = most;
  }

  /** Adds the newest and wakes who waits for it. */
  public void add(T value) {
    lock.lock();
    try {
      kept.addLast(new Numbered<>(next++, value));
      if (kept.size() > most) {
        kept.removeFirst();
      }
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Those that are kept and have at least this number. Blocks until there is one, or the time is
   * over and there is none.
   */
  public List<Numbered<T>> from(long number, Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (next <= number && left > 0) {
        left = added.awaitNanos(left);
      }
      return kept.stream().filter(value -> value.number() >= number).toList();
    } finally {
      lock.unlock();
    }
  }
}
