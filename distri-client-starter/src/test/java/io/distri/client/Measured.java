package io.distri.client;

import java.time.Duration;
import java.util.Arrays;

/**
 * What one rule came to in one scenario.
 *
 * @param latenciesMs of all calls, ascending; those that failed or were not finished with their age
 * @param calls that began after the warm-up
 * @param sends tries for each node
 * @param sendsAfterFirst the same from the 11th of all on, warm-up included
 * @param reportBytes of load reports that came with answers
 * @param servedPerWindow calls served in each window from the start of the simulation
 * @param callsPerWindow calls that began in it
 * @param sendsPerWindow tries that began in it
 * @param seconds measured
 */
record Measured(
    double[] latenciesMs,
    long calls,
    long served,
    long failed,
    long unfinished,
    long[] sends,
    long[] sendsAfterFirst,
    long probes,
    long reportBytes,
    long tableRows,
    long[] servedPerWindow,
    long[] callsPerWindow,
    long[] sendsPerWindow,
    double seconds) {

  static final long WINDOW_NANOS = Duration.ofMillis(250).toNanos();

  static int window(long nanos) {
    return (int) (nanos / WINDOW_NANOS);
  }

  /** In milliseconds; nearest rank. */
  double percentile(double percent) {
    int rank = (int) StrictMath.ceil(percent / 100 * latenciesMs.length);
    return latenciesMs.length == 0 ? 0 : latenciesMs[Math.max(0, rank - 1)];
  }

  double p50() {
    return percentile(50);
  }

  double p99() {
    return percentile(99);
  }

  double meanMs() {
    return Arrays.stream(latenciesMs).average().orElse(0);
  }

  double servedPerSecond() {
    return served / seconds;
  }

  double sendsPerCall() {
    return (double) Arrays.stream(sends).sum() / Math.max(1, calls);
  }

  double probesPerCall() {
    return (double) probes / Math.max(1, calls);
  }

  double reportBytesPerCall() {
    return (double) reportBytes / Math.max(1, calls);
  }

  double tableRowsPerCall() {
    return (double) tableRows / Math.max(1, calls);
  }

  /** The share of a node in the tries after the first ten. */
  double shareAfterFirst(int node) {
    return (double) sendsAfterFirst[node] / Math.max(1, Arrays.stream(sendsAfterFirst).sum());
  }

  /** Jain's index of the tries for each node: 1 where all get the same, 1/N where one gets all. */
  double fairness() {
    double sum = 0;
    double squares = 0;
    for (long count : sends) {
      sum += count;
      squares += (double) count * count;
    }
    return squares == 0 ? 1 : sum * sum / (sends.length * squares);
  }

  /** Calls served a second in the window that begins at that moment. */
  double goodput(double atMs) {
    return servedPerWindow[window(SimulatedNetwork.nanos(atMs))] * 1e9 / WINDOW_NANOS;
  }

  /** Tries for each call that came in that time, whether it got past the gate or not. */
  double sendsPerCall(double fromMs, double untilMs) {
    long began = 0;
    long sent = 0;
    int end = window(SimulatedNetwork.nanos(untilMs));
    for (int i = window(SimulatedNetwork.nanos(fromMs)); i < end; i++) {
      began += callsPerWindow[i];
      sent += sendsPerWindow[i];
    }
    return (double) sent / Math.max(1, began);
  }

  /** How long after a moment a second is over in which so many calls were served. */
  double recoveryMs(double afterMs, double perSecond) {
    double windowMs = WINDOW_NANOS / 1e6;
    int windows = (int) (1000 / windowMs);
    for (double at = afterMs; at + 1000 <= servedPerWindow.length * windowMs; at += windowMs) {
      double sum = 0;
      for (int i = 0; i < windows; i++) {
        sum += goodput(at + i * windowMs);
      }
      if (sum / windows >= perSecond) {
        return at + 1000 - afterMs;
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
