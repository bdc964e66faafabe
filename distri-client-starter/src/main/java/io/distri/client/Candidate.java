package io.distri.client;

import io.distri.protocol.LoadReport;
import org.jspecify.annotations.Nullable;

/**
 * A node as it stands for election: what was known of it at one moment.
 *
 * @param work its load in the class of work called for; null where no report told
 * @param sentSinceReport own calls sent to it since the report, less those that ended since
 * @param inFlight own calls that it holds
 * @param penaltyMs what its recent failures add to its expected delay, in milliseconds
 */
record Candidate(
    Node node,
    LoadReport.@Nullable Work work,
    int sentSinceReport,
    int inFlight,
    double penaltyMs) {

  /** Nobody answers faster; keeps a node that has measured nothing yet from looking free. */
  private static final double FASTEST_MS = 0.1;

  /**
   * How long a call sent now is expected to take, in milliseconds.
   *
   * @param assumed stands in where there is no report: such a node counts as idle but for own calls
   */
  double expectedDelayMs(LoadReport.Work assumed) {
    LoadReport.Work load = work == null ? assumed : work;
    double serviceMs = Math.max(load.serviceMs(), FASTEST_MS);
    double ahead =
        work == null
            ? inFlight * serviceMs
            : Math.max(0, load.backlogMs() + sentSinceReport * serviceMs);
    return ahead / Math.max(1, load.permits()) + serviceMs + penaltyMs;
  }
}
