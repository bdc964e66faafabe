package io.distri.cli.loadtest;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of a test: how many ended well, in what time, and why others did not. Safe for
 * use by many threads.
 */
final class Tally {

  /** Three digits tell 1.23 s from 1.24 s. */
  private static final int DIGITS = 3;

  /** Reporting levels for each halving of the distance to 100 %, as HdrHistogram's own tools. */
  private static final int TICKS = 5;

  private static final double MICROS_PER_MS = 1000;

  private final @Nullable Duration timeOfFailures;
  private final Histogram micros = new ConcurrentHistogram(DIGITS);
  private final LongAdder done = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder notStarted = new LongAdder();
  private final ConcurrentMap<String, Long> reasons = new ConcurrentHashMap<>();
  private volatile long lastDone = System.nanoTime();

  private Tally(@Nullable Duration timeOfFailures) {
    this.timeOfFailures = timeOfFailures;
  }

  /** One whose times are those of the calls that ended well. */
  static Tally ofSuccesses() {
    return new Tally(null);
  }

  /** One in whose times a call that failed counts with this one. */
  static Tally withFailuresAs(Duration time) {
    return new Tally(time);
  }

  /** A call ended well. */
  void done(Duration time) {
    micros.recordValue(time.toNanos() / 1000);
    done.increment();
    lastDone = System.nanoTime();
  }

  /**
   * A call failed, or answered wrongly.
   *
   * @param reason one of a few: each is counted
   */
  void failed(String reason) {
    if (timeOfFailures != null) {
      micros.recordValue(timeOfFailures.toNanos() / 1000);
    }
    failed.increment();
    reasons.merge(reason, 1L, Long::sum);
  }

  /** All calls of a round failed. */
  void failed(String reason, Workload workload) {
    for (int call = 0; call < workload.callsPerRound(); call++) {
      failed(reason);
    }
  }

  /** A call failed because its patience ended before a client was free for it. */
  void notStarted() {
    notStarted.increment();
    failed("not started in time, because all clients were busy");
  }

  /** A call began later than it was due. */
  void late() {
    late.increment();
  }

  /** How long no call has ended well. */
  Duration sinceLastDone() {
    return Duration.ofNanos(System.nanoTime() - lastDone);
  }

  /** What was counted so far. */
  Counts counts() {
    long failures = failed.sum();
    return new Counts(done.sum() + failures, failures, late.sum(), notStarted.sum());
  }

  /** Why calls failed, and how many each time. */
  Map<String, Long> reasons() {
    return new TreeMap<>(reasons);
  }

  /** Times so far; zero where there are none. */
  Latency latency() {
    boolean empty = micros.getTotalCount() == 0;
    return new Latency(
        Duration.ofNanos(empty ? 0 : Math.round(micros.getMean() * 1000)),
        percentile(50),
        percentile(99),
        percentile(99.9));
  }

  private Duration percentile(double percent) {
    return Duration.ofNanos(micros.getValueAtPercentile(percent) * 1000);
  }

  /** Writes all percentiles, in milliseconds, as HdrHistogram's plotters read them. */
  void writeDistribution(PrintStream out) {
    micros.outputPercentileDistribution(out, TICKS, MICROS_PER_MS);
  }
}
