package io.distri.node.db.service;

import io.distri.node.db.Pace;
import io.distri.node.problem.ProblemException;
import io.distri.node.service.Deadline;
import io.distri.protocol.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lets fewer scans run at once than there are processors, so that whatever is asked for, one is
 * left for everything else. The others stand in line, and each runs for a few milliseconds at a
 * time. Safe for use by many threads.
 */
final class Scans {
  private static final long TURN_NANOS = Duration.ofMillis(5).toNanos();

  /** A caller who is gone is noticed after two signals, which the system needs for it. */
  private static final long SILENT_NANOS = Duration.ofSeconds(1).toNanos();

  private static final int MOST = 64;

  /** The callers of one address have half the line at most. */
  private static final int MOST_OF_ONE_CALLER = MOST / 2;

  /** Tells the caller that the node is at it. */
  @FunctionalInterface
  interface Signal {
    /**
     * Gives it.
     *
     * @throws IOException where the caller is gone
     */
    void give() throws IOException;
  }

  private final Semaphore running;
  private final AtomicInteger begun = new AtomicInteger();
  private final Map<String, Integer> ofCaller = new ConcurrentHashMap<>();

  /**
   * @param atOnce how many scans run at once
   */
  Scans(int atOnce) {
    this.running = new Semaphore(atOnce, true);
  }

  /** How many scans run or wait. */
  int count() {
    return begun.get();
  }

  /**
   * Begins a scan, which takes a place in the line with the first document that it looks at.
   *
   * @param caller the address of who asks for it
   */
  Scan begin(String caller, Deadline deadline) {
    return new Scan(caller, deadline);
  }

  private void enter(String caller) {
    int mine = ofCaller.merge(caller, 1, Integer::sum);
    if (begun.incrementAndGet() > MOST || mine > MOST_OF_ONE_CALLER) {
      leave(caller);
      throw new ProblemException(
          ProblemType.REFUSED,
          "As many filtered reads run as the node lets run. Nothing was executed.",
          Duration.ofSeconds(1));
    }
  }

  private void leave(String caller) {
    begun.decrementAndGet();
    ofCaller.computeIfPresent(caller, (c, count) -> count == 1 ? null : count - 1);
  }

  /** One scan. For one thread. */
  final class Scan implements Pace, AutoCloseable {
    private final String caller;
    private final Deadline deadline;
    private boolean entered;
    private boolean runs;
    private long turnEndsNanos;
    private long signalledNanos = System.nanoTime();
    private @Nullable Signal signal;

    private Scan(String caller, Deadline deadline) {
      this.caller = caller;
      this.deadline = deadline;
    }

    @Override
    public void next() {
      if (runs && System.nanoTime() - turnEndsNanos < 0) {
        return;
      }
      if (!entered) {
        enter(caller);
        entered = true;
      }
      rest();
      giveSignal();
      awaitTurn();
    }

    /** Has a signal given now and then, while nothing is found that could be told to the caller. */
    void signal(Signal signal) {
      this.signal = signal;
    }

    private void giveSignal() {
      long now = System.nanoTime();
      if (signal != null && now - signalledNanos > SILENT_NANOS) {
        signalledNanos = now;
        try {
          signal.give();
        } catch (IOException gone) {
          throw new UncheckedIOException(gone);
        }
      }
    }

    @SuppressWarnings("ThreadPriorityCheck") // virtual threads take turns where they say so
    private void awaitTurn() {
      Thread.yield();
      try {
        long left = deadline.left().toNanos();
        if (left == 0 || !running.tryAcquire(left, TimeUnit.NANOSECONDS)) {
          throw new ProblemException(
              ProblemType.DEADLINE_PASSED, "The deadline passed before all was read.");
        }
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        throw new ProblemException(ProblemType.UNAVAILABLE, "The node stops.");
      }
      runs = true;
      turnEndsNanos = System.nanoTime() + TURN_NANOS;
    }

    /** Lets others scan, for as long as this one looks at no document. */
    void rest() {
      if (runs) {
        runs = false;
        running.release();
      }
    }

    @Override
    public void close() {
      rest();
      if (entered) {
        entered = false;
        leave(caller);
      }
    }
  }
}
