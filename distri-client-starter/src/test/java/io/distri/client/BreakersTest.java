package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BreakersTest {

  private static final long ELAPSED = 1_000_000;

  private final Hand clock = new Hand();
  private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
  private final Breakers breakers = new Breakers(registry, clock);

  /** A clock that is moved by hand. */
  static final class Hand extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void a_node_that_fails_a_fifth_of_its_calls_is_kept_out() {
    List<Node> nodes = nodes(3);
    IntStream.range(0, 8).forEach(i -> breakers.succeeded(address(0), ELAPSED));
    breakers.failed(address(0), ELAPSED);
    assertThat(breakers.open(nodes)).isEmpty();
    breakers.failed(address(0), ELAPSED);
    assertThat(breakers.open(nodes)).containsExactly(address(0));
  }

  @Test
  void at_most_half_of_the_nodes_are_kept_out_and_never_the_last() {
    IntStream.range(0, 5).forEach(this::fail);

    assertThat(breakers.open(nodes(5))).hasSize(2);
    assertThat(breakers.open(nodes(2))).hasSize(1);
    assertThat(breakers.open(nodes(1))).isEmpty();
  }

  @Test
  void only_a_probe_that_is_answered_lets_a_node_in_again_and_only_after_a_while() {
    fail(0);
    assertThat(breakers.admitsProbe(address(0))).isFalse();
    clock.move(Duration.ofMillis(600));
    assertThat(breakers.open(nodes(2))).hasSize(1);

    assertThat(breakers.admitsProbe(address(0))).isTrue();
    assertThat(breakers.admitsProbe(address(0))).isFalse();
    breakers.probed(address(0), true, ELAPSED);

    assertThat(breakers.open(nodes(2))).isEmpty();
  }

  @Test
  void a_probe_without_an_answer_doubles_the_wait() {
    fail(0);
    clock.move(Duration.ofMillis(600));
    assertThat(breakers.admitsProbe(address(0))).isTrue();
    breakers.probed(address(0), false, ELAPSED);

    clock.move(Duration.ofMillis(600));
    assertThat(breakers.admitsProbe(address(0))).isFalse();
    clock.move(Duration.ofMillis(600));
    assertThat(breakers.admitsProbe(address(0))).isTrue();
  }

  @Test
  void new_evidence_lets_a_probe_find_out_at_once() {
    fail(0);
    breakers.reconsider(address(0));

    assertThat(breakers.open(nodes(2))).hasSize(1);
    assertThat(breakers.admitsProbe(address(0))).isTrue();
    breakers.probed(address(0), true, ELAPSED);
    assertThat(breakers.open(nodes(2))).isEmpty();
  }

  @Test
  void nodes_that_are_gone_leave_the_registry() {
    fail(0);
    fail(1);
    breakers.retain(nodes(1));

    assertThat(registry.getAllCircuitBreakers())
        .extracting(breaker -> breaker.getName())
        .containsExactly("distri-client-" + address(0));
  }

  private void fail(int node) {
    IntStream.range(0, 5).forEach(i -> breakers.failed(address(node), ELAPSED));
  }

  private static List<Node> nodes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Node(address(i), NodeState.UP, null))
        .toList();
  }

  private static HostPort address(int node) {
    return new HostPort("10.0.0.1", 1000 + node);
  }
}
