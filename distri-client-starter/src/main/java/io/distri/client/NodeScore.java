package io.distri.client;

import io.distri.protocol.LoadReport;
import io.distri.protocol.NodeState;
import io.distri.protocol.WorkClass;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one node's load: its latest report, what this client sent there since, and a
 * penalty for failures. Safe for many threads; every method is short and holds the monitor.
 */
final class NodeScore {

  /**
   * What the first failure adds to a node's expected delay: well above the delay of a busy node, so
   * that one which fails fast attracts nobody (sinkhole). Doubles with each failure in a row.
   */
  private static final double PENALTY_MS = 500;

  private static final int MOST_DOUBLINGS = 5;

  /** In how long a penalty halves, so that a node which recovered is found again in seconds. */
  private static final double PENALTY_HALF_LIFE_S = 2;

  /**
   * {@code seq} counts responses from the boot time in microseconds; no node sends a million
   * responses between two reports that one client sees, so a larger step is a restart.
   */
  private static final long RESTART_STEP = 1_000_000;

  private final Map<WorkClass, Own> own = new EnumMap<>(WorkClass.class);
  private @Nullable LoadReport report;
  private long reportedAtNanos;
  private int failuresInRow;
  private double penaltyMs;
  private long penalisedAtNanos;

  /** This client's own calls in one class of work. */
  private static final class Own {
    int inFlight;
    int sentSinceReport;
  }

  /** What a report changed. */
  enum Effect {
    /** It is older than the one that is known. */
    NONE,
    NEWER,
    /** It comes from a node that was started anew. */
    RESTARTED
  }

  synchronized void sent(WorkClass workClass) {
    Own calls = own(workClass);
    calls.inFlight++;
    calls.sentSinceReport++;
  }

  /**
   * A call ended.
   *
   * @param withReport whether its answer brings a report, which then replaces this bookkeeping: a
   *     newer one leaves the call out, and an older one says that it ended before the known one
   */
  synchronized void ended(WorkClass workClass, boolean withReport) {
    Own calls = own(workClass);
    calls.inFlight--;
    if (!withReport) {
      calls.sentSinceReport--;
    }
  }

  synchronized Effect reported(LoadReport newer, long nowNanos) {
    LoadReport known = report;
    if (known != null && newer.seq() <= known.seq()) {
      return Effect.NONE;
    }
    report = newer;
    reportedAtNanos = nowNanos;
    own.values().forEach(calls -> calls.sentSinceReport = 0);
    if (known != null && newer.seq() - known.seq() > RESTART_STEP) {
      succeeded();
      return Effect.RESTARTED;
    }
    return Effect.NEWER;
  }

  synchronized void succeeded() {
    failuresInRow = 0;
    penaltyMs = 0;
  }

  synchronized void failed(long nowNanos) {
    int doublings = Math.min(failuresInRow++, MOST_DOUBLINGS);
    penalise(PENALTY_MS * (1 << doublings), nowNanos);
  }

  /** It was silent when asked for its load, which may be a pause: no failure in a row. */
  synchronized void silent(long nowNanos) {
    penalise(PENALTY_MS, nowNanos);
  }

  private void penalise(double ms, long nowNanos) {
    penaltyMs = Math.max(ms, penaltyAt(nowNanos));
    penalisedAtNanos = nowNanos;
  }

  private double penaltyAt(long nowNanos) {
    if (penaltyMs == 0) {
      return 0;
    }
    double ageS = (nowNanos - penalisedAtNanos) / 1e9;
    return penaltyMs * Math.pow(0.5, ageS / PENALTY_HALF_LIFE_S);
  }

  synchronized Candidate freeze(Node node, WorkClass workClass, long nowNanos) {
    Own calls = own(workClass);
    return new Candidate(
        node, work(workClass), calls.sentSinceReport, calls.inFlight, penaltyAt(nowNanos));
  }

  synchronized LoadReport.@Nullable Work work(WorkClass workClass) {
    return report == null ? null : report.work().get(workClass);
  }

  synchronized boolean isOlderThan(Duration age, long nowNanos) {
    return report == null || nowNanos - reportedAtNanos > age.toNanos();
  }

  /** Its own word on its state, where that is no older than the age; null otherwise. */
  synchronized @Nullable NodeState state(Duration age, long nowNanos) {
    return report == null || isOlderThan(age, nowNanos) ? null : report.state();
  }

  private Own own(WorkClass workClass) {
    return own.computeIfAbsent(workClass, key -> new Own());
  }
}
