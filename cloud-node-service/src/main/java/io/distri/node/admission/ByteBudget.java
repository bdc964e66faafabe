package io.distri.node.admission;

import io.distri.protocol.guard.Source;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * So many bytes of the heap are lent to callers at once, and to the callers of one address a share
 * of them, first come first served but for those whose address has its share already. Safe for use
 * by many threads.
 */
public final class ByteBudget {

  /** One address gets half at most, so that another one always gets on. */
  private static final int SHARES = 2;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition granted = lock.newCondition();
  private final Deque<Loan> waiting = new ArrayDeque<>();
  private final Map<String, Long> lent = new HashMap<>();
  private final long share;
  private long left;

  /**
   * @param total in bytes
   */
  public ByteBudget(long total) {
    this.share = total / SHARES;
    this.left = total;
  }

  /** Bytes that are lent, or asked for, until it is closed, once. */
  public final class Loan implements AutoCloseable {
    private final String caller;
    private final long bytes;
    private boolean isGranted;

    private Loan(String caller, long bytes) {
      this.caller = caller;
      this.bytes = bytes;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (isGranted) {
          left += bytes;
          lent.computeIfPresent(caller, (c, held) -> held == bytes ? null : held - bytes);
          grant();
        } else {
          waiting.remove(this);
        }
      } finally {
        lock.unlock();
      }
    }

    /** Waits until the bytes are lent. Whether they are, in time. */
    public boolean await(Duration atMost) throws InterruptedException {
      long nanos = atMost.toNanos();
      lock.lockInterruptibly();
      try {
        while (!isGranted && nanos > 0) {
          nanos = granted.awaitNanos(nanos);
        }
        return isGranted;
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Asks for bytes.
   *
   * @param caller the address of who sends or reads them
   * @param bytes more than a caller's share stand for the share, so that the largest comes in too
   */
  public Loan ask(String caller, long bytes) {
    Loan loan = new Loan(Source.of(caller), Math.min(bytes, share));
    lock.lock();
    try {
      waiting.addLast(loan);
      grant();
    } finally {
      lock.unlock();
    }
    return loan;
  }

  private void grant() {
    boolean any = false;
    Iterator<Loan> line = waiting.iterator();
    while (line.hasNext() && left > 0) {
      Loan next = line.next();
      long held = lent.getOrDefault(next.caller, 0L);
      if (held + next.bytes > share) {
        continue;
      }
      if (next.bytes > left) {
        break;
      }
      left -= next.bytes;
      lent.put(next.caller, held + next.bytes);
      next.isGranted = true;
      line.remove();
      any = true;
    }
    if (any) {
      granted.signalAll();
    }
  }
}
