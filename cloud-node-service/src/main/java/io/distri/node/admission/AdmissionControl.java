package io.distri.node.admission;

import io.distri.protocol.LoadReport;
import io.distri.protocol.WorkClass;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Decides which calls run now, which wait and which are refused: permits per class of work, a
 * bounded queue each, and no work for callers that will be gone. Virtual threads do the waiting,
 * permits do the limiting. Safe for use by many threads.
 */
public final class AdmissionControl {
  private final Map<WorkClass, Lane> lanes = new EnumMap<>(WorkClass.class);

  /** Calls whose body is on its way here, or whose answer is on its way to the caller. */
  private final AtomicInteger outside = new AtomicInteger();

  /**
   * @param permits how many calls of each class run at once
   */
  public AdmissionControl(Map<WorkClass, Integer> permits) {
    permits.forEach((workClass, count) ->
        lanes.put(workClass, new Lane(count, guess(workClass), System::nanoTime)));
  }

  /**
   * Where measuring starts, in milliseconds; wrong by a factor of ten it is right after 20 calls.
   */
  private static double guess(WorkClass workClass) {
    return switch (workClass) {
      case ENCRYPT -> 3;
      case DB -> 2;
      case USER -> 10;
    };
  }

  /** What came of a call that wanted to run. */
  public sealed interface Outcome {}

  /** The call runs until the ticket is closed, which its owner does once. For one thread. */
  public final class Ticket implements Outcome, AutoCloseable {
    private final Lane lane;
    private long startedNanos = System.nanoTime();
    private long workedNanos;
    private boolean resting;

    private Ticket(Lane lane) {
      this.lane = lane;
    }

    /** Gives the permit to others while the call waits for its caller; once until it goes on. */
    public void rest() {
      if (resting) {
        return;
      }
      workedNanos += System.nanoTime() - startedNanos;
      resting = true;
      outside.incrementAndGet();
      lane.leave();
    }

    /**
     * Takes a permit again after a rest, in line with those that wait for their first one.
     *
     * @return whether there was one in time; the call rests on otherwise
     */
    public boolean goOn(Duration atMost) throws InterruptedException {
      if (!lane.enterAgain(atMost)) {
        return false;
      }
      outside.decrementAndGet();
      resting = false;
      startedNanos = System.nanoTime();
      return true;
    }

    /** Whether others may have the permit now. */
    public boolean isResting() {
      return resting;
    }

    /** The call ended well: its time counts, without its rests. */
    public void succeeded() {
      lane.took(Duration.ofNanos(workedNanos + (resting ? 0 : System.nanoTime() - startedNanos)));
    }

    @Override
    public void close() {
      if (resting) {
        outside.decrementAndGet();
      } else {
        lane.leave();
      }
    }
  }

  /**
   * The node is busy.
   *
   * @param retryAfter when a place is likely free
   */
  public record Refused(Duration retryAfter) implements Outcome {}

  /** The caller's deadline would pass, or has passed, before the call runs. */
  public record TooLate() implements Outcome {}

  /**
   * Asks to run a call. Blocks while it is queued.
   *
   * @param patience for the queue and the work
   */
  public Outcome admit(WorkClass workClass, Patience patience) throws InterruptedException {
    Lane lane = lane(workClass);
    return switch (lane.enter(patience)) {
      case RUNNING -> new Ticket(lane);
      case BUSY -> new Refused(lane.expectedWait());
      case TOO_LATE -> new TooLate();
    };
  }

  /**
   * The refusal that a call would get now, before its body is read; null where there is room for
   * it.
   */
  public @Nullable Refused refusal(WorkClass workClass) {
    Lane lane = lane(workClass);
    return lane.isFull() ? new Refused(lane.expectedWait()) : null;
  }

  /** A call's body is on its way; {@link #arrived} says that it is no more. */
  public void arrives() {
    outside.incrementAndGet();
  }

  /** The body is here, or won't come. */
  public void arrived() {
    outside.decrementAndGet();
  }

  /** An arriving call waits for memory: it stands in line for the node, not the node for it. */
  public void queues(WorkClass workClass) {
    outside.decrementAndGet();
    lane(workClass).queues();
  }

  /** The memory is there, or the call gave up. */
  public void queued(WorkClass workClass) {
    lane(workClass).queued();
    outside.incrementAndGet();
  }

  private Lane lane(WorkClass workClass) {
    Lane lane = lanes.get(workClass);
    if (lane == null) {
      throw new IllegalArgumentException("no permits were set for " + workClass);
    }
    return lane;
  }

  /** Calls held: running, queued, or waiting for their callers. */
  public int inFlight() {
    int held = outside.get();
    for (Lane lane : lanes.values()) {
      held += lane.held();
    }
    return held;
  }

  /** The load by class of work. */
  public Map<WorkClass, LoadReport.Work> report() {
    Map<WorkClass, LoadReport.Work> report = new EnumMap<>(WorkClass.class);
    lanes.forEach((workClass, lane) -> report.put(workClass, lane.report()));
    return report;
  }
}
