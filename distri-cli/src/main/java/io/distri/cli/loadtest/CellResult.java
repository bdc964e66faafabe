package io.distri.cli.loadtest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one test.
 *
 * @param completion mean time that a call took on its node, arrival to completion
 * @param sends requests that were sent, repeated tries included
 * @param cost of all its calls
 * @param entries what became of added documents; null where the test added none
 */
record CellResult(
    Cell cell,
    Counts counts,
    Duration completion,
    Latency latency,
    long sends,
    Cost cost,
    @Nullable Entries entries) {

  /**
   * What became of added documents.
   *
   * @param acknowledged whose addition was acknowledged
   * @param saved on the node that differs most from that
   */
  record Entries(long acknowledged, long saved) {}

  /** Requests that a call took on average. */
  double sendsPerTask() {
    return counts.calls() == 0 ? 0 : (double) sends / counts.calls();
  }

  /** Whether no call failed and exactly the acknowledged documents are on every node. */
  boolean isClean() {
    return counts.failed() == 0 && (entries == null || entries.acknowledged == entries.saved);
  }
}
