package io.distri.node.admission;

import io.distri.node.local.LocalNode;
import io.distri.protocol.LoadReport;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Makes this node's load reports. Safe for use by many threads. */
public final class LoadMeter {
  private final LocalNode self;
  private final AdmissionControl admission;
  private final AtomicLong seq;

  public LoadMeter(LocalNode self, AdmissionControl admission, Clock clock) {
    this.self = self;
    this.admission = admission;
    this.seq = new AtomicLong(ChronoUnit.MICROS.between(LoadReport.SEQ_EPOCH, clock.instant()));
  }

  /** The load now. */
  public LoadReport report() {
    return new LoadReport(
        seq.incrementAndGet(), self.state(), admission.inFlight(), admission.report());
  }
}
