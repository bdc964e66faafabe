package io.distri.node.dashboard;

import io.distri.node.dashboard.Sample.Rate;
import java.util.HashMap;
import java.util.Map;

/**
 * What a node has counted since it started.
 *
 * @param work by key of the class of work
 * @param refused calls of services that were not admitted
 */
record Totals(Map<String, Total> work, long refused) {

  /**
   * Calls of one class of work that ended well.
   *
   * @param ms sum of their times
   */
  record Total(long calls, double ms) {
    Total plus(Total other) {
      return new Total(calls + other.calls, ms + other.ms);
    }

    private Rate since(Total before, double seconds) {
      long more = calls - before.calls;
      return new Rate(more / seconds, more == 0 ? 0 : (ms - before.ms) / more);
    }
  }

  private static final Total NONE = new Total(0, 0);

  /** What was done since those of before. */
  Sample since(Totals before, double seconds, int inFlight, long at) {
    Map<String, Rate> rates = new HashMap<>();
    work.forEach(
        (key, total) -> rates.put(key, total.since(before.work.getOrDefault(key, NONE), seconds)));
    return new Sample(at, rates, inFlight, (refused - before.refused) / seconds);
  }
}
