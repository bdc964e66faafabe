package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.HostPort;
import io.distri.protocol.LoadReport;
import io.distri.protocol.NodeState;
import io.distri.protocol.WorkClass;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeScoreTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Node NODE = new Node(new HostPort("10.0.0.1", 3000), NodeState.UP, null);

  private final NodeScore score = new NodeScore();

  @Test
  void own_calls_are_counted_from_the_report_on() {
    score.sent(WorkClass.DB);
    score.sent(WorkClass.DB);
    score.reported(report(1, NodeState.UP), 0);
    score.sent(WorkClass.DB);

    assertThat(frozen().sentSinceReport()).isEqualTo(1);
    assertThat(frozen().inFlight()).isEqualTo(3);
  }

  @Test
  void a_call_that_ends_without_a_report_is_taken_off_again() {
    score.reported(report(1, NodeState.UP), 0);
    score.sent(WorkClass.DB);
    score.ended(WorkClass.DB, null, false, 0);

    assertThat(frozen().sentSinceReport()).isZero();
    assertThat(frozen().inFlight()).isZero();
  }

  @Test
  void an_executed_call_is_taken_off_the_report_that_its_answer_brought() {
    score.sent(WorkClass.DB);
    score.ended(WorkClass.DB, report(1, NodeState.UP), true, 0);
    assertThat(frozen().sentSinceReport()).isEqualTo(-1);

    score.sent(WorkClass.DB);
    score.sent(WorkClass.DB);
    score.ended(WorkClass.DB, report(2, NodeState.UP), false, 0);
    assertThat(frozen().sentSinceReport()).isZero();
  }

  @Test
  void an_answer_that_was_overtaken_changes_nothing_but_the_calls_in_flight() {
    score.sent(WorkClass.DB);
    score.sent(WorkClass.DB);
    score.reported(report(5, NodeState.UP), 0);
    score.ended(WorkClass.DB, report(4, NodeState.UP), true, 0);

    assertThat(frozen().sentSinceReport()).isZero();
    assertThat(frozen().inFlight()).isEqualTo(1);
  }

  @Test
  void an_older_report_changes_nothing() {
    score.reported(report(7, NodeState.UP), 0);
    score.sent(WorkClass.DB);

    assertThat(score.reported(report(6, NodeState.RESTARTING), 0)).isEqualTo(NodeScore.Effect.NONE);
    assertThat(score.state(Duration.ofSeconds(1), 0)).isEqualTo(NodeState.UP);
    assertThat(frozen().sentSinceReport()).isEqualTo(1);
  }

  @Test
  void classes_of_work_are_counted_apart() {
    score.reported(report(1, NodeState.UP), 0);
    score.sent(WorkClass.ENCRYPT);

    assertThat(frozen().sentSinceReport()).isZero();
  }

  @Test
  void failures_in_a_row_double_the_penalty_and_a_success_ends_it() {
    score.failed(true, 0);
    assertThat(frozen().penaltyMs()).isEqualTo(500);
    score.failed(true, 0);
    assertThat(frozen().penaltyMs()).isEqualTo(1000);
    score.succeeded();
    assertThat(frozen().penaltyMs()).isZero();
    score.failed(true, 0);
    assertThat(frozen().penaltyMs()).isEqualTo(500);
  }

  @Test
  void a_penalty_runs_off_with_time() {
    score.failed(true, 0);

    assertThat(score.freeze(NODE, WorkClass.DB, SECOND / 5).penaltyMs()).isEqualTo(300);
    assertThat(score.freeze(NODE, WorkClass.DB, SECOND).penaltyMs()).isZero();
  }

  @Test
  void penalties_end_at_sixteen_seconds() {
    for (int i = 0; i < 100; i++) {
      score.failed(true, 0);
    }
    assertThat(frozen().penaltyMs()).isEqualTo(16_000);
  }

  @Test
  void a_report_ends_the_penalty_of_a_node_that_could_not_be_reached_and_of_no_other() {
    score.failed(true, 0);
    score.reported(report(1, NodeState.UP), 0);
    assertThat(frozen().penaltyMs()).isEqualTo(500);

    score.failed(false, 0);
    score.reported(report(2, NodeState.UP), 0);
    assertThat(frozen().penaltyMs()).isZero();

    score.silent(0);
    score.silent(0);
    assertThat(frozen().penaltyMs()).isEqualTo(500);
    assertThat(score.isUnreachable()).isTrue();
    assertThat(score.reported(report(3, NodeState.UP), 0)).isEqualTo(NodeScore.Effect.BACK);
    assertThat(frozen().penaltyMs()).isZero();
    assertThat(score.isUnreachable()).isFalse();
  }

  @Test
  void a_single_silence_is_forgiven() {
    score.silent(0);
    assertThat(frozen().penaltyMs()).isZero();
    score.reported(report(1, NodeState.UP), 0);
    score.silent(0);
    assertThat(frozen().penaltyMs()).isZero();
    score.silent(0);
    assertThat(frozen().penaltyMs()).isEqualTo(500);
  }

  @Test
  void silences_do_not_add_up() {
    for (int i = 0; i < 10; i++) {
      score.silent(0);
    }
    assertThat(frozen().penaltyMs()).isEqualTo(500);
  }

  @Test
  void a_node_started_anew_begins_without_penalty() {
    score.reported(report(1_000, NodeState.UP), 0);
    score.failed(true, 0);

    assertThat(score.reported(report(60_000_000, NodeState.UP), SECOND))
        .isEqualTo(NodeScore.Effect.BACK);
    assertThat(frozen().penaltyMs()).isZero();
  }

  @Test
  void what_another_node_passed_on_is_neither_fresh_nor_a_sign_that_the_node_can_be_reached() {
    score.reported(report(1, NodeState.UP), 0);
    score.failed(false, 0);

    assertThat(score.heardOf(report(2, NodeState.UP), 0)).isEqualTo(NodeScore.Effect.NEWER);
    assertThat(frozen().penaltyMs()).isEqualTo(500);
    assertThat(score.isOlderThan(Duration.ofSeconds(1), 0)).isTrue();
  }

  @Test
  void a_nodes_own_word_on_its_state_grows_old() {
    score.reported(report(1, NodeState.RESTARTING), 0);

    assertThat(score.state(Duration.ofSeconds(2), SECOND)).isEqualTo(NodeState.RESTARTING);
    assertThat(score.state(Duration.ofSeconds(2), 3 * SECOND)).isNull();
  }

  private Candidate frozen() {
    return score.freeze(NODE, WorkClass.DB, 0);
  }

  private static LoadReport report(long seq, NodeState state) {
    return new LoadReport(seq, state, 0, Map.of(WorkClass.DB, new LoadReport.Work(10, 2, 16, 5)));
  }
}
