package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.Headers;
import io.distri.protocol.HostPort;
import io.distri.protocol.LoadReport;
import io.distri.protocol.NodeState;
import io.distri.protocol.WorkClass;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeHealthTest {

  private static final Node FIRST = node(1);
  private static final Node SECOND = node(2);
  private static final Reply DONE = new Reply.Answer(200, Map.of(), new byte[0]);
  private static final Reply TIMEOUT = new Reply.Lost("no answer", true);
  private static final Reply REFUSED =
      new Reply.Answer(429, Map.of(), "full".getBytes(java.nio.charset.StandardCharsets.UTF_8));

  private final NodeHealth health =
      new NodeHealth(
          new ScoreTracker(), new Breakers(CircuitBreakerRegistry.ofDefaults(), Clock.systemUTC()));

  @Test
  void a_node_that_keeps_failing_is_penalised_and_then_kept_out() {
    end(TIMEOUT, Duration.ofSeconds(1));
    assertThat(penaltyMs()).isEqualTo(500);
    for (int i = 0; i < 4; i++) {
      end(TIMEOUT, Duration.ofSeconds(1));
    }
    assertThat(eligible()).containsExactly(SECOND);
  }

  @Test
  void a_success_ends_the_penalty() {
    end(TIMEOUT, Duration.ofSeconds(1));
    end(DONE, Duration.ofMillis(1));

    assertThat(penaltyMs()).isZero();
  }

  @Test
  void a_caller_with_little_patience_blames_nobody() {
    for (int i = 0; i < 10; i++) {
      end(TIMEOUT, Duration.ofMillis(50));
    }
    assertThat(penaltyMs()).isZero();
    assertThat(eligible()).containsExactly(FIRST, SECOND);
  }

  @Test
  void refusals_for_lack_of_room_count_neither_way() {
    for (int i = 0; i < 100; i++) {
      end(REFUSED, Duration.ofMillis(1));
    }
    assertThat(penaltyMs()).isZero();
    for (int i = 0; i < 5; i++) {
      end(TIMEOUT, Duration.ofSeconds(1));
    }
    assertThat(eligible()).containsExactly(SECOND);
  }

  @Test
  void a_node_forgotten_while_it_held_a_call_comes_back_with_none() {
    health.sent(FIRST.address(), WorkClass.DB);
    health.retain(List.of(SECOND));
    health.abandoned(FIRST.address(), WorkClass.DB);

    assertThat(health.freeze(List.of(FIRST), WorkClass.DB, 0).get(0).inFlight()).isZero();
  }

  @Test
  void when_one_unreachable_node_is_back_the_others_are_probed_at_once() {
    ProbeTurns turns = new ProbeTurns(DistriClientSettings.Election.DEFAULT, health);
    Reply down = new Reply.NotSent("connection refused");
    assertThat(turns.take(List.of(FIRST), 0)).containsExactly(FIRST.address());
    health.probed(FIRST.address(), down, 0, 0);
    turns.end(FIRST.address(), false, 0);
    for (int i = 0; i < 5; i++) {
      end(FIRST, down);
      end(SECOND, down);
    }
    assertThat(turns.take(List.of(FIRST), 1)).isEmpty();

    end(SECOND, done(1));

    assertThat(turns.take(List.of(FIRST), 1)).containsExactly(FIRST.address());
    health.probed(FIRST.address(), done(1), 0, 1);
    assertThat(health.eligible(List.of(FIRST, SECOND), "ReadCollection", 1)).contains(FIRST);
  }

  private static Reply done(long seq) {
    LoadReport report = new LoadReport(seq, NodeState.UP, 0, Map.of());
    return new Reply.Answer(200, Map.of(Headers.LOAD, List.of(report.format())), new byte[0]);
  }

  private void end(Node node, Reply reply) {
    health.sent(node.address(), WorkClass.DB);
    health.ended(node.address(), WorkClass.DB, reply, TryOutcome.of(reply), 1_000_000, 0);
  }

  private void end(Reply reply, Duration elapsed) {
    health.sent(FIRST.address(), WorkClass.DB);
    health.ended(FIRST.address(), WorkClass.DB, reply, TryOutcome.of(reply), elapsed.toNanos(), 0);
  }

  private double penaltyMs() {
    return health.freeze(List.of(FIRST), WorkClass.DB, 0).get(0).penaltyMs();
  }

  private List<Node> eligible() {
    return health.eligible(List.of(FIRST, SECOND), "ReadCollection", 0);
  }

  private static Node node(int number) {
    return new Node(new HostPort("10.0.0.1", 1000 + number), NodeState.UP, null);
  }
}
