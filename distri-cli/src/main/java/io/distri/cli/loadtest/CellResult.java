package io.distri.cli.loadtest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one test.
 *
 * @param calls made or given up, whatever came of them
 * @param failed of them
 * @param completion mean time that a call took on its node, arrival to completion
 * @param response mean time that a call took for its client
 * @param p50 of the clients' times
 * @param p99 of the clients' times
 * @param p999 99.9th percentile of the clients' times
 * @param sends requests that were sent, repeated tries included
 * @param entries what became of added documents; null where the test added none
 */
record CellResult(
    Cell cell,
    long calls,
    long failed,
    Duration completion,
    Duration response,
    Duration p50,
    Duration p99,
    Duration p999,
    long sends,
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
    return calls == 0 ? 0 : (double) sends / calls;
  }

  /** Whether no call failed and exactly the acknowledged documents are on every node. */
  boolean isClean() {
    return failed == 0 && (entries == null || entries.acknowledged == entries.saved);
  }
}
