package io.distri.cli.loadtest;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts the calls of a test: how many ended well, in what time, and why others did not. */
final class Tally {

  /** Three digits tell 1.23 s from 1.24 s. */
  private static final int DIGITS = 3;

  private final Histogram micros = new ConcurrentHistogram(DIGITS);
  private final LongAdder failed = new LongAdder();
  private final ConcurrentMap<String, Long> reasons = new ConcurrentHashMap<>();

  /** A call ended well. */
  void done(Duration time) {
    micros.recordValue(time.toNanos() / 1000);
  }

  /**
   * A call failed, or answered wrongly.
   *
   * @param reason one of a few: each is counted
   */
  void failed(String reason) {
    failed.increment();
    reasons.merge(reason, 1L, Long::sum);
  }

  long done() {
    return micros.getTotalCount();
  }

  long failed() {
    return failed.sum();
  }

  /** Why calls failed, and how many each time. */
  Map<String, Long> reasons() {
    return new TreeMap<>(reasons);
  }

  /** Mean time of the calls that ended well; zero where none did. */
  Duration mean() {
    return Duration.ofNanos(done() == 0 ? 0 : Math.round(micros.getMean() * 1000));
  }

  /** The time within which so many of a hundred calls that ended well did so. */
  Duration percentile(double percent) {
    return Duration.ofNanos(micros.getValueAtPercentile(percent) * 1000);
  }
}
