package io.distri.node.dashboard;

import io.distri.node.dashboard.Totals.Total;
import io.distri.node.service.ServiceCounters;
import io.distri.protocol.WorkClass;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads what the node counts anyway. Costs calls nothing. */
final class NodeMeters {
  private static final String SERVICES = "distri.services";
  private static final String REQUESTS = "http.server.requests";
  private static final List<String> AT_THE_DOOR =
      List.of("distri.access.refused", "distri.internal.refused");

  private final MeterRegistry meters;
  private final ServiceCounters counters;

  NodeMeters(MeterRegistry meters, ServiceCounters counters) {
    this.meters = meters;
    this.counters = counters;
  }

  Totals totals() {
    Map<String, Total> work = new HashMap<>();
    for (Timer timer : meters.find(SERVICES).tag("outcome", "completed").timers()) {
      String service = tag(timer.getId().getTag("service"));
      work.merge(
          WorkClass.of(service).key(),
          new Total(timer.count(), timer.totalTime(TimeUnit.MILLISECONDS)),
          Total::plus);
    }
    ServiceCounters.Counts counts = counters.counts();
    return new Totals(work, counts.received() - counts.accepted());
  }

  Picture.Calls calls() {
    ServiceCounters.Counts counts = counters.counts();
    return new Picture.Calls(
        counts.received(),
        counts.accepted(),
        counts.completed(),
        counts.failed(),
        counts.serverFails());
  }

  /** By status where a service was called, by the reason of the meter where none was reached. */
  Map<String, Long> refused() {
    Map<String, Long> refused = new TreeMap<>();
    for (Timer timer : meters.find(REQUESTS).tag("uri", "/services/{service}").timers()) {
      String status = tag(timer.getId().getTag("status"));
      if (status.startsWith("4") || status.startsWith("5")) {
        refused.merge(status, timer.count(), Long::sum);
      }
    }
    for (String name : AT_THE_DOOR) {
      for (Counter counter : meters.find(name).counters()) {
        refused.merge(tag(counter.getId().getTag("reason")), (long) counter.count(), Long::sum);
      }
    }
    return refused;
  }

  private static String tag(@Nullable String value) {
    return value == null ? "" : value;
  }
}
