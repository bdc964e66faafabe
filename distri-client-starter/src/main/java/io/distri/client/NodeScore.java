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
   * For how long the first failure makes a node count as busy: well above the delay of a node that
   * is, so that one which fails fast attracts nobody (sinkhole). Doubles with each failure in a
   * row.
   */
  private static final Duration PENALTY = Duration.ofMillis(500);

  /** 16 s at most: a node that has recovered must be found again. */
  private static final int MOST_DOUBLINGS = 5;

  /**
   * {@code seq} counts responses from the boot time in microseconds; no node sends a million
   * responses between two reports that one client sees, so a larger step is a restart.
   */
  private static final long RESTART_STEP = 1_000_000;

  /**
   * One silence may be a pause of the node's, or of this process on a busy machine; calls that hang
   * in a node that is silent for good cost far more.
   */
  private static final int SILENCES_FORGIVEN = 1;

  /** Nodes tell each other their load once a second, and a second hand adds its own delay. */
  private static final Duration HEARSAY_AGE = Duration.ofSeconds(2);

  private final Map<WorkClass, Own> own = new EnumMap<>(WorkClass.class);
  private @Nullable LoadReport report;
  private long reportedAtNanos;
  private int failuresInRow;
  private int silencesInRow;
  private boolean unreachable;
  private boolean penalised;
  private long penaltyEndsAtNanos;

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
    /** It comes from a node that was started anew, or could not be reached before. */
    BACK
  }

  synchronized void sent(WorkClass workClass) {
    Own calls = own(workClass);
    calls.inFlight++;
    calls.sentSinceReport++;
  }

  /**
   * A call ended.
   *
   * @param with the report that came with its answer; null where none did
   * @param heldMeanwhile whether the node held the call when it made the report, as it does when it
   *     answers a call that it has just executed
   */
  synchronized Effect ended(
      WorkClass workClass, @Nullable LoadReport with, boolean heldMeanwhile, long nowNanos) {
    Own calls = own(workClass);
    // Not below zero: the node may have gone from the table and come back meanwhile.
    calls.inFlight = Math.max(0, calls.inFlight - 1);
    if (with == null) {
      calls.sentSinceReport--;
      return Effect.NONE;
    }
    Effect effect = reported(with, nowNanos);
    if (effect != Effect.NONE && heldMeanwhile) {
      calls.sentSinceReport--;
    }
    // An older report tells that the call had ended before the newer one was made, without it.
    return effect;
  }

  /** The node itself reported. */
  synchronized Effect reported(LoadReport report, long nowNanos) {
    Effect effect = take(report, nowNanos);
    if (effect != Effect.NONE) {
      silencesInRow = 0;
      if (unreachable) {
        succeeded();
        return Effect.BACK;
      }
    }
    return effect;
  }

  /** Another node passed its report on: so it is not fresh, nor a sign that it can be reached. */
  synchronized Effect heardOf(LoadReport report, long nowNanos) {
    return take(report, nowNanos - HEARSAY_AGE.toNanos());
  }

  private Effect take(LoadReport newer, long madeAtNanos) {
    LoadReport known = report;
    if (known != null && newer.seq() <= known.seq()) {
      return Effect.NONE;
    }
    report = newer;
    reportedAtNanos = madeAtNanos;
    own.values().forEach(calls -> calls.sentSinceReport = 0);
    if (known != null && newer.seq() - known.seq() > RESTART_STEP) {
      succeeded();
      return Effect.BACK;
    }
    return Effect.NEWER;
  }

  /** A call went well: what was held against the node is forgotten. */
  synchronized void succeeded() {
    failuresInRow = 0;
    unreachable = false;
    penalised = false;
  }

  /**
   * A call failed for a reason of the node's.
   *
   * @param reached whether the node was reached; if not, any report from it ends the penalty
   */
  synchronized void failed(boolean reached, long nowNanos) {
    unreachable = !reached;
    int doublings = Math.min(failuresInRow++, MOST_DOUBLINGS);
    penalise(PENALTY.toNanos() << doublings, nowNanos);
  }

  /** It was silent when asked for its load; as long as that may be a mere pause, no penalty. */
  synchronized void silent(long nowNanos) {
    if (++silencesInRow <= SILENCES_FORGIVEN) {
      return;
    }
    if (failuresInRow == 0) {
      unreachable = true;
    }
    penalise(PENALTY.toNanos(), nowNanos);
  }

  private void penalise(long nanos, long nowNanos) {
    long left = penalised ? penaltyEndsAtNanos - nowNanos : 0;
    penalised = true;
    penaltyEndsAtNanos = nowNanos + Math.max(nanos, left);
  }

  /** Whether the last that is known of it is that it could not be reached. */
  synchronized boolean isUnreachable() {
    return unreachable;
  }

  private double penaltyMs(long nowNanos) {
    return penalised ? Math.max(0, penaltyEndsAtNanos - nowNanos) / 1e6 : 0;
  }

  synchronized Candidate freeze(Node node, WorkClass workClass, long nowNanos) {
    Own calls = own(workClass);
    return new Candidate(
        node,
        work(workClass),
        (nowNanos - reportedAtNanos) / 1e6,
        calls.sentSinceReport,
        calls.inFlight,
        penaltyMs(nowNanos));
  }

  private LoadReport.@Nullable Work work(WorkClass workClass) {
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
