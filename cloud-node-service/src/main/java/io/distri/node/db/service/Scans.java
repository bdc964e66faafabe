package io.distri.node.db.service;

import io.distri.node.db.Pace;
import io.distri.node.problem.ProblemException;
import io.distri.node.service.ServiceRequest;
import io.distri.protocol.ProblemType;
import io.distri.protocol.guard.Places;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets fewer scans run at once than there are processors, so that whatever is asked for, one is
 * left for everything else. The others stand in line, and each runs for a few milliseconds at a
 * time. Safe for use by many threads.
 */
final class Scans {
  private static final long TURN_NANOS = Duration.ofMillis(5).toNanos();

  /** How soon a caller that has gone is noticed, while its scan has a turn. */
  private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

  private static final int MOST = 64;

  private final Semaphore running;
  private final Places places = new Places(MOST, MOST / 2);

  /**
   * @param atOnce how many scans run at once
   */
  Scans(int atOnce) {
    this.running = new Semaphore(atOnce, true);
  }

  /** How many scans run or wait. */
  int count() {
    return places.taken();
  }

  /** Begins a scan, which takes a place in the line with the first document that it looks at. */
  Scan begin(ServiceRequest request) {
    return new Scan(request);
  }

  /** One scan. For one thread. */
  final class Scan implements Pace, AutoCloseable {
    private final ServiceRequest request;
    private boolean entered;
    private boolean runs;
    private long turnEndsNanos;
    private long lookedNanos = System.nanoTime();

    private Scan(ServiceRequest request) {
      this.request = request;
    }

    @Override
    public void next() {
      if (runs && System.nanoTime() - turnEndsNanos < 0) {
        return;
      }
      enter();
      rest();
      requireCaller();
      awaitTurn();
    }

    private void enter() {
      if (!entered && places.take(request.caller()) != Places.Outcome.TAKEN) {
        throw new ProblemException(
            ProblemType.REFUSED,
            "As many filtered reads run as the node lets run. Nothing was executed.",
            Duration.ofSeconds(1));
      }
      entered = true;
    }

    private void requireCaller() {
      long now = System.nanoTime();
      if (now - lookedNanos > LOOK_NANOS) {
        lookedNanos = now;
        if (request.isAbandoned()) {
          throw new ProblemException(ProblemType.DEADLINE_PASSED, "The caller has gone.");
        }
      }
    }

    @SuppressWarnings("ThreadPriorityCheck") // virtual threads take turns where they say so
    private void awaitTurn() {
      Thread.yield();
      try {
        long left = request.deadline().left().toNanos();
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
        places.leave(request.caller());
      }
    }
  }
}
