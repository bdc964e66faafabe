package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.client.TryOutcome.Refused;
import io.distri.client.TryOutcome.Unclear;
import io.distri.client.TryOutcome.Why;
import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetryPolicyTest {

  private static final Duration LEFT = Duration.ofSeconds(30);

  private final RetryPolicy policy = new RetryPolicy(DistriClientSettings.Retry.DEFAULT);
  private final CallHistory history = new CallHistory();

  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  @Test
  void only_an_idempotent_call_is_repeated_and_only_three_times() {
    history.failed(node(1), new Unclear("lost", false));
    assertThat(policy.mayRepeat(false, history, 3)).isFalse();
    assertThat(policy.mayRepeat(true, history, 3)).isTrue();
    history.failed(node(2), new Unclear("lost", false));
    history.failed(node(3), new Unclear("lost", false));
    assertThat(policy.mayRepeat(true, history, 3)).isTrue();
    history.failed(node(1), new Unclear("lost", false));
    assertThat(policy.mayRepeat(true, history, 3)).isFalse();
  }

  @Test
  void nothing_is_repeated_when_most_nodes_are_out_of_room() {
    history.failed(node(1), refused(Why.BUSY, Duration.ZERO));
    history.failed(node(3), new Unclear("lost", false));
    assertThat(policy.mayRepeat(true, history, 3)).isTrue();
    history.failed(node(2), refused(Why.BUSY, Duration.ZERO));
    assertThat(policy.mayRepeat(true, history, 3)).isFalse();
  }

  @Test
  void dead_nodes_are_not_out_of_room() {
    history.failed(node(1), refused(Why.UNREACHABLE, Duration.ZERO));
    history.failed(node(2), refused(Why.UNREACHABLE, Duration.ZERO));
    history.failed(node(3), new Unclear("lost", false));

    assertThat(policy.mayRepeat(true, history, 3)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pauses_are_random_and_their_upper_end_doubles_up_to_a_second(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      long upperMs = round < 7 ? 10L << round : 1000;
      assertThat(policy.pause(history, random))
          .isPositive()
          .isLessThanOrEqualTo(Duration.ofMillis(upperMs));
      history.nextRound();
    }
  }

  @Test
  void a_pause_lasts_at_least_until_the_first_node_may_have_room() {
    history.failed(node(1), refused(Why.BUSY, Duration.ofSeconds(9)));
    history.failed(node(2), refused(Why.BUSY, Duration.ofSeconds(2)));
    history.failed(node(3), refused(Why.UNREACHABLE, Duration.ZERO));

    assertThat(policy.pause(history, new Random(1)))
        .isBetween(Duration.ofSeconds(2), Duration.ofMillis(2010));
    history.nextRound();
    assertThat(history.soonest()).isZero();
  }

  @Test
  void a_try_of_an_idempotent_call_leaves_time_for_the_other_nodes() {
    assertThat(policy.timeout(true, LEFT, history, 1, 0)).isEqualTo(Duration.ofSeconds(15));
    assertThat(policy.timeout(true, LEFT, history, 9, 0)).isEqualTo(Duration.ofMillis(7500));
    assertThat(policy.timeout(true, LEFT, history, 0, 0)).isEqualTo(LEFT);
    history.failed(node(1), new Unclear("no answer", true));
    assertThat(policy.timeout(true, LEFT, history, 9, 0)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void a_try_of_any_other_call_waits_to_the_end() {
    assertThat(policy.timeout(false, LEFT, history, 9, 0)).isEqualTo(LEFT);
  }

  @Test
  void a_try_is_not_cut_off_before_the_delay_that_its_node_was_elected_for() {
    assertThat(policy.timeout(true, LEFT, history, 9, 5000)).isEqualTo(Duration.ofSeconds(20));
    assertThat(policy.timeout(true, Duration.ofMillis(300), history, 9, 0))
        .isEqualTo(Duration.ofMillis(250));
    assertThat(policy.timeout(true, Duration.ofMillis(100), history, 9, 0))
        .isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void the_first_try_gets_what_there_is_and_later_ones_need_a_useful_time() {
    assertThat(policy.isWorthwhile(history, Duration.ofMillis(1))).isTrue();
    assertThat(policy.isWorthwhile(history, Duration.ZERO)).isFalse();
    history.elected(
        new Choice(new Node(node(1), NodeState.UP, null), 0, Choice.Reason.ONLY_CANDIDATE));
    assertThat(policy.isWorthwhile(history, Duration.ofMillis(10))).isFalse();
    assertThat(policy.isWorthwhile(history, Duration.ofMillis(30))).isTrue();
  }

  private static Refused refused(Why why, Duration retryAfter) {
    return new Refused(why, "no", retryAfter);
  }

  private static HostPort node(int number) {
    return new HostPort("10.0.0.1", 1000 + number);
  }
}
