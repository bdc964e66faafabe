package io.distri.node.admission;

import io.distri.protocol.LoadReport;
import io.distri.protocol.WorkClass;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Decides which calls run now, which wait and which are refused: permits per class of work, a
 * bounded queue each, and no work for callers that will be gone. Virtual threads do the waiting,
 * permits do the limiting. Safe for use by many threads.
 */
public final class AdmissionControl {
  private final Map<WorkClass, Lane> lanes = new EnumMap<>(WorkClass.class);

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

  /** The call runs until the ticket is closed, which its owner does once. */
  public static final class Ticket implements Outcome, AutoCloseable {
    private final Lane lane;
    private final long started = System.nanoTime();

    private Ticket(Lane lane) {
      this.lane = lane;
    }

    /** The call ended well: its time counts. */
    public void succeeded() {
      lane.took(Duration.ofNanos(System.nanoTime() - started));
    }

    @Override
    public void close() {
      lane.leave();
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
    Lane lane = lanes.get(workClass);
    if (lane == null) {
      throw new IllegalArgumentException("no permits were set for " + workClass);
    }
    return switch (lane.enter(patience)) {
      case RUNNING -> new Ticket(lane);
      case BUSY -> new Refused(lane.expectedWait());
      case TOO_LATE -> new TooLate();
    };
  }

  /** Calls held, running or queued. */
  public int inFlight() {
    int held = 0;
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
