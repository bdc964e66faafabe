package io.distri.client.autoconfigure;

import io.distri.client.CallListener;
import io.distri.protocol.HostPort;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Observes calls as {@code distri.client.calls}: a timer, and where the application traces a span
 * that goes on at the node, by service, outcome, last node, reason of its election and number of
 * attempts. Nodes come and go and callers can name any service, so both are capped: what comes
 * later counts as {@code other}.
 */
final class ObservedCalls implements CallListener {

  private static final String NAME = "distri.client.calls";
  private static final String NONE = "none";

  /** Times the other tags this is what a meter registry bears well. */
  private static final int MOST_NODES = 32;

  private static final int MOST_SERVICES = 32;

  /** From here on it no longer matters how many. */
  private static final int MANY_ATTEMPTS = 4;

  private final ObservationRegistry registry;
  private final Set<String> nodes = ConcurrentHashMap.newKeySet();
  private final Set<String> services = ConcurrentHashMap.newKeySet();

  /** The call that a thread makes: it makes one at a time. */
  @SuppressWarnings("ThreadLocalUsage") // as long-lived as the client, and empty between calls
  private final ThreadLocal<Observation.@Nullable Scope> current = new ThreadLocal<>();

  ObservedCalls(ObservationRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Map<String, String> begun(String service) {
    Map<String, String> headers = new HashMap<>();
    SenderContext<Map<String, String>> context = new SenderContext<>(ObservedCalls::put);
    context.setCarrier(headers);
    Observation observation =
        Observation.createNotStarted(NAME, () -> context, registry)
            .contextualName("distri " + service)
            .lowCardinalityKeyValue("service", capped(services, MOST_SERVICES, service));
    current.set(observation.start().openScope());
    return headers;
  }

  @Override
  public void ended(CallReport report) {
    Observation.Scope scope = current.get();
    if (scope == null) {
      return;
    }
    current.remove();
    scope.close();
    HostPort node = report.node();
    String elected = report.elected();
    scope
        .getCurrentObservation()
        .lowCardinalityKeyValue(
            "node", node == null ? NONE : capped(nodes, MOST_NODES, node.toString()))
        .lowCardinalityKeyValue("outcome", key(report.outcome().name()))
        .lowCardinalityKeyValue("elected", elected == null ? NONE : key(elected))
        .lowCardinalityKeyValue("attempts", attempts(report.attempts()))
        .stop();
  }

  @Override
  public Runnable handedOver(Runnable call) {
    Observation caller = registry.getCurrentObservation();
    return caller == null ? call : () -> caller.scoped(call);
  }

  private static void put(@Nullable Map<String, String> headers, String name, String value) {
    Objects.requireNonNull(headers).put(name, value);
  }

  private static String attempts(int count) {
    return count < MANY_ATTEMPTS ? Integer.toString(count) : MANY_ATTEMPTS + "+";
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
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
