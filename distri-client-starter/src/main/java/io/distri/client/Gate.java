package io.distri.client;

import io.distri.protocol.WorkClass;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The line in which calls wait until the cluster has room for them, first come first served, so
 * that thousands of callers don't become thousands of sockets. Each class of work has a line of its
 * own, as nodes do; a second one bounds them all together.
 *
 * <p>Fair by measurement: with 2500 callers an unfair semaphore starved some, p99 8 s against 0.3
 * s.
 */
final class Gate {

  private final Map<WorkClass, Line> lines = new EnumMap<>(WorkClass.class);
  private final Line total;
  private final int most;

  /**
   * Opens a gate; until resized, each line lets as many pass as the gate.
   *
   * @param most calls inside at one time
   */
  Gate(int most) {
    this.most = most;
    total = new Line(most);
    for (WorkClass workClass : WorkClass.values()) {
      lines.put(workClass, new Line(most));
    }
  }

  /** Waits for room; false where there was none in time. Who gets in must {@link #leave}. */
  boolean enter(WorkClass workClass, Duration wait) throws InterruptedException {
    long start = System.nanoTime();
    Line line = line(workClass);
    if (!line.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    boolean entered = false;
    try {
      long left = wait.toNanos() - (System.nanoTime() - start);
      entered = total.tryAcquire(left, TimeUnit.NANOSECONDS);
      return entered;
    } finally {
      if (!entered) {
        line.release();
      }
    }
  }

  void leave(WorkClass workClass) {
    total.release();
    line(workClass).release();
  }

  /** How many calls of the class may be inside, at least 1 and at most what the gate lets in. */
  void resize(WorkClass workClass, int limit) {
    line(workClass).resize(Math.max(1, Math.min(limit, most)));
  }

  /** Calls inside. */
  int inside() {
    return Math.max(0, most - total.availablePermits());
  }

  private Line line(WorkClass workClass) {
    Line line = lines.get(workClass);
    if (line == null) {
      throw new IllegalArgumentException(workClass + " has no line");
    }
    return line;
  }

  /** A fair semaphore whose size can change while it is in use. */
  private static final class Line extends Semaphore {
    private int size;

    Line(int size) {
      super(size, true);
      this.size = size;
    }

    synchronized void resize(int newSize) {
      if (newSize > size) {
        release(newSize - size);
      } else if (newSize < size) {
        reducePermits(size - newSize);
      }
      size = newSize;
    }
  }
}
