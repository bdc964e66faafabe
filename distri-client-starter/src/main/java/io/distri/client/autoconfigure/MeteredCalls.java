package io.distri.client.autoconfigure;

import io.distri.client.CallListener;
import io.distri.protocol.HostPort;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Times calls as {@code distri.client.calls}, by node, service and outcome. Nodes come and go and
 * callers can name any service, so both are capped: what comes later counts as {@code other}.
 */
final class MeteredCalls implements CallListener {

  /** Times services times outcomes this is what a meter registry bears well. */
  private static final int MOST_NODES = 32;

  private static final int MOST_SERVICES = 32;

  private final MeterRegistry registry;
  private final Set<String> nodes = ConcurrentHashMap.newKeySet();
  private final Set<String> services = ConcurrentHashMap.newKeySet();

  MeteredCalls(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void ended(CallReport report) {
    HostPort node = report.node();
    Timer.builder("distri.client.calls")
        .description("Calls of the Distri cluster, all tries included")
        .tag("node", node == null ? "none" : capped(nodes, MOST_NODES, node.toString()))
        .tag("service", capped(services, MOST_SERVICES, report.service()))
        .tag("outcome", report.outcome().name().toLowerCase(Locale.ROOT))
        .register(registry)
        .record(report.elapsed());
  }

  private static String capped(Set<String> known, int most, String value) {
    if (known.contains(value)) {
      return value;
    }
    if (known.size() >= most) {
      return "other";
    }
    known.add(value);
    return value;
  }
}
