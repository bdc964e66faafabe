package io.distri.node.security;

import io.distri.protocol.guard.RareLog;
import io.distri.protocol.guard.Source;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what a port refuses, by reason, and logs it once a minute for each source and reason. Safe
 * for use by many threads.
 */
final class Refusals {
  /** On the internal port. */
  static final String INTERNAL = "distri.internal.refused";

  /** On the public port. */
  static final String ACCESS = "distri.access.refused";

  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  private final String meter;
  private final MeterRegistry meters;
  private final RareLog rare = RareLog.everyMinute();

  /**
   * @param meter {@link #INTERNAL} or {@link #ACCESS}
   */
  Refusals(String meter, MeterRegistry meters) {
    this.meter = meter;
    this.meters = meters;
  }

  /**
   * Something was refused.
   *
   * @param from the socket's peer
   */
  void refused(Reason reason, String from) {
    meters.counter(meter, "reason", reason.tag()).increment();
    if (rare.mayLog(Source.of(from) + ' ' + reason.tag())) {
      log.warn("refused {} ({}: {})", from, meter, reason.tag());
    }
  }
}
