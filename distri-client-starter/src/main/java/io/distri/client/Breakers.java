package io.distri.client;

import io.distri.protocol.HostPort;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A circuit breaker for each node. An open one takes its node out of elections, but never more than
 * half of the nodes and so never the last: when most nodes fail, the fault is likely elsewhere.
 * Whether a node is back is asked by a probe, not by users' calls. Safe for many threads.
 */
final class Breakers {

  private static final String PREFIX = "distri-client-";

  private final CircuitBreakerRegistry registry;
  private final CircuitBreakerConfig config;
  private final ConcurrentMap<HostPort, CircuitBreaker> breakers = new ConcurrentHashMap<>();

  Breakers(CircuitBreakerRegistry registry, Clock clock) {
    this.registry = registry;
    this.config = config(clock);
  }

  /**
   * A fifth of the calls is more than chance, five of them more than a hiccup. The first pause is
   * short since it keeps a good node out where the network was at fault.
   */
  private static CircuitBreakerConfig config(Clock clock) {
    return CircuitBreakerConfig.custom()
        .clock(clock)
        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
        .slidingWindowSize(30)
        .failureRateThreshold(20)
        .minimumNumberOfCalls(5)
        .waitIntervalFunctionInOpenState(
            IntervalFunction.ofExponentialBackoff(
                Duration.ofMillis(500), 2, Duration.ofSeconds(10)))
        .permittedNumberOfCallsInHalfOpenState(1)
        .build();
  }

  /** A call went well. */
  void succeeded(HostPort node, long elapsedNanos) {
    of(node).onSuccess(elapsedNanos, TimeUnit.NANOSECONDS);
  }

  /** A call failed for a reason of the node's. */
  void failed(HostPort node, long elapsedNanos) {
    of(node).onError(elapsedNanos, TimeUnit.NANOSECONDS, new NodeFailure());
  }

  /** The nodes whose breakers keep them out of elections. */
  Set<HostPort> open(Collection<Node> nodes) {
    List<CircuitBreaker> open = new ArrayList<>(0);
    for (Node node : nodes) {
      CircuitBreaker breaker = of(node.address());
      if (isOpen(breaker)) {
        open.add(breaker);
      }
    }
    if (open.isEmpty()) {
      return Set.of();
    }
    Comparator<CircuitBreaker> worstFirst =
        Comparator.comparingDouble(breaker -> -breaker.getMetrics().getFailureRate());
    Set<String> out =
        open.stream()
            .sorted(worstFirst.thenComparing(CircuitBreaker::getName))
            .limit(nodes.size() / 2)
            .map(CircuitBreaker::getName)
            .collect(Collectors.toSet());
    return nodes.stream()
        .map(Node::address)
        .filter(address -> out.contains(PREFIX + address))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isOpen(CircuitBreaker breaker) {
    return breaker.getState() == CircuitBreaker.State.OPEN
        || breaker.getState() == CircuitBreaker.State.HALF_OPEN;
  }

  /** Whether the node may be probed; if its breaker waits for a probe, this is the one. */
  boolean admitsProbe(HostPort node) {
    CircuitBreaker breaker = of(node);
    return !isOpen(breaker) || breaker.tryAcquirePermission();
  }

  /** Whether the node's breaker waits for a probe to find out. */
  boolean awaitsProbe(HostPort node) {
    return of(node).getState() == CircuitBreaker.State.HALF_OPEN;
  }

  /** A probe that {@link #admitsProbe} let pass ended. */
  void probed(HostPort node, boolean answered, long elapsedNanos) {
    CircuitBreaker breaker = of(node);
    if (breaker.getState() != CircuitBreaker.State.HALF_OPEN) {
      return;
    }
    if (answered) {
      succeeded(node, elapsedNanos);
    } else {
      failed(node, elapsedNanos);
    }
  }

  /** There is new evidence that the node is well: let a probe find out now. */
  void reconsider(HostPort node) {
    CircuitBreaker breaker = of(node);
    if (breaker.getState() == CircuitBreaker.State.OPEN) {
      breaker.transitionToHalfOpenState();
    }
  }

  /** Forgets all nodes but these. */
  void retain(Collection<Node> nodes) {
    Set<HostPort> known = nodes.stream().map(Node::address).collect(Collectors.toSet());
    for (HostPort address : breakers.keySet()) {
      if (!known.contains(address)) {
        breakers.remove(address);
        registry.remove(PREFIX + address);
      }
    }
  }

  private CircuitBreaker of(HostPort node) {
    return breakers.computeIfAbsent(
        node, address -> registry.circuitBreaker(PREFIX + address, config));
  }

  /** Stands for a failure in the breaker's books; carries no stack trace. */
  private static final class NodeFailure extends Exception {
    NodeFailure() {
      super("the node failed", null, false, false);
    }
  }
}
