package io.distri.cli.demo;

import io.distri.client.CallListener;
import io.distri.protocol.HostPort;
import io.distri.protocol.WorkClass;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts and times the demo's calls: in sum, and since it was last read. Safe for many threads. */
final class CallGauge implements CallListener {

  private static final int DIGITS = 2;

  /**
   * What happened since the last reading.
   *
   * @param done calls that ended well
   * @param sealP99 99th percentile of the time that they took to seal; zero without any
   * @param dbP99 the same of DB calls
   * @param byNode how many of them each node answered
   */
  record Reading(long done, Duration sealP99, Duration dbP99, Map<HostPort, Long> byNode) {}

  private final LongAdder done = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Recorder sealMicros = new Recorder(DIGITS);
  private final Recorder dbMicros = new Recorder(DIGITS);
  private final ConcurrentMap<HostPort, LongAdder> byNode = new ConcurrentHashMap<>();

  @Override
  public void ended(CallReport report) {
    if (report.outcome() != Outcome.DONE) {
      failed.increment();
      return;
    }
    done.increment();
    recorder(report.service()).recordValue(report.elapsed().toNanos() / 1000);
    HostPort node = report.node();
    if (node != null) {
      byNode.computeIfAbsent(node, any -> new LongAdder()).increment();
    }
  }

  private Recorder recorder(String service) {
    return WorkClass.of(service) == WorkClass.ENCRYPT ? sealMicros : dbMicros;
  }

  /** Calls that ended well since the beginning. */
  long done() {
    return done.sum();
  }

  /** Calls that did not, since the beginning. */
  long failed() {
    return failed.sum();
  }

  /** Reads what happened since this was last called. For one caller at a time. */
  Reading read() {
    Histogram seal = sealMicros.getIntervalHistogram();
    Histogram db = dbMicros.getIntervalHistogram();
    Map<HostPort, Long> nodes = new HashMap<>();
    byNode.forEach((node, count) -> nodes.put(node, count.sumThenReset()));
    return new Reading(
        seal.getTotalCount() + db.getTotalCount(), p99(seal), p99(db), Map.copyOf(nodes));
  }

  private static Duration p99(Histogram micros) {
    return Duration.ofNanos(micros.getValueAtPercentile(99) * 1000);
  }
}
