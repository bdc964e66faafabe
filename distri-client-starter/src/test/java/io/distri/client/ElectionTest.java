package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.HostPort;
import io.distri.protocol.LoadReport;
import io.distri.protocol.NodeState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElectionTest {

  private final Random random = new Random(42);

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @Test
  void without_candidates_nobody_is_elected() {
    assertThat(Election.elect(List.of(), random)).isEmpty();
  }

  @Test
  void the_only_candidate_is_elected_whatever_its_load() {
    Choice choice =
        Election.elect(List.of(candidate(1, work(10_000, 1, 50), 40, 0)), random).orElseThrow();

    assertThat(choice.reason()).isEqualTo(Choice.Reason.ONLY_CANDIDATE);
  }

  @Test
  void the_shortest_expected_delay_wins_over_the_shortest_backlog() {
    Candidate slow = candidate(1, work(10, 1, 100), 0, 0);
    Candidate fast = candidate(2, work(40, 4, 10), 0, 0);

    Choice choice = Election.elect(List.of(slow, fast), random).orElseThrow();

    assertThat(choice.node()).isEqualTo(fast.node());
    assertThat(choice.expectedDelayMs()).isEqualTo(12.5);
    assertThat(choice.reason()).isEqualTo(Choice.Reason.SHORTEST_DELAY);
  }

  @Test
  void own_calls_since_the_report_count() {
    Candidate reportedIdle = candidate(1, work(0, 1, 10), 5, 0);
    Candidate busy = candidate(2, work(30, 1, 10), 0, 0);

    assertThat(elected(reportedIdle, busy)).isEqualTo(busy.node());
  }

  @Test
  void own_completions_since_the_report_do_not_make_a_backlog_negative() {
    assertThat(candidate(1, work(10, 1, 10), -5, 0).expectedDelayMs(Typical.UNKNOWN)).isEqualTo(10);
  }

  @Test
  void a_free_permit_means_no_wait() {
    Candidate halfBusy = candidate(1, work(10, 2, 10), 0, 0);
    Candidate busy = candidate(2, work(20, 2, 10), 0, 0);

    assertThat(halfBusy.expectedDelayMs(Typical.UNKNOWN)).isEqualTo(10);
    assertThat(busy.expectedDelayMs(Typical.UNKNOWN)).isEqualTo(15);
  }

  @Test
  void an_old_report_fades_to_what_the_candidates_have_on_average() {
    Typical typical = new Typical(10, 1, 50);

    assertThat(aged(work(90, 1, 10), 0).expectedDelayMs(typical)).isEqualTo(100);
    assertThat(aged(work(90, 1, 10), 10).expectedDelayMs(typical)).isEqualTo(80);
    assertThat(aged(work(10, 1, 10), 10).expectedDelayMs(typical)).isEqualTo(40);
    assertThat(aged(work(10, 1, 10), 10_000).expectedDelayMs(typical)).isBetween(59.0, 60.0);
  }

  @Test
  void an_old_report_of_an_idle_node_does_not_beat_a_fresh_one_of_a_node_below_the_average() {
    Candidate old = aged(work(0, 2, 10), 200);
    Candidate fresh = candidate(2, work(30, 2, 10), 0, 0);
    Candidate busy = candidate(3, work(150, 2, 10), 0, 0);

    assertThat(elected(old, fresh, busy)).isEqualTo(fresh.node());
  }

  @Test
  void what_is_typical_is_the_middle_by_speed_and_the_average_by_backlog() {
    Candidate unknown = new Candidate(node(9), null, 0, 0, 0, 0);
    List<Candidate> candidates =
        List.of(
            candidate(1, work(30, 3, 50), 0, 0),
            candidate(2, work(60, 2, 10), 0, 0),
            candidate(3, work(20, 1, 20), 0, 0),
            unknown);

    assertThat(Typical.of(candidates)).isEqualTo(new Typical(20, 1, 20));
    assertThat(Typical.of(List.of(unknown))).isEqualTo(Typical.UNKNOWN);
  }

  @Test
  void a_penalty_outweighs_a_short_delay() {
    Candidate failing = candidate(1, work(0, 4, 1), 0, 500);
    Candidate busy = candidate(2, work(200, 1, 10), 0, 0);

    assertThat(elected(failing, busy)).isEqualTo(busy.node());
  }

  @Test
  void a_node_without_a_report_counts_as_idle_but_for_own_calls() {
    Candidate known = candidate(1, work(20, 1, 10), 0, 0);
    Candidate other = candidate(2, work(90, 1, 10), 0, 0);
    Candidate unknown = new Candidate(node(3), null, 0, 0, 0, 0);
    Candidate unknownWithMyCalls = new Candidate(node(3), null, 0, 5, 5, 0);

    assertThat(elected(known, other, unknown)).isEqualTo(unknown.node());
    assertThat(elected(known, other, unknownWithMyCalls)).isEqualTo(known.node());
  }

  @Test
  void with_fewer_than_two_reports_the_one_of_two_with_fewer_own_calls_wins() {
    Candidate quiet = new Candidate(node(1), null, 0, 0, 1, 0);
    Candidate mine = new Candidate(node(2), work(0, 1, 1), 0, 0, 9, 0);

    Choice choice = Election.elect(List.of(mine, quiet), random).orElseThrow();

    assertThat(choice.node()).isEqualTo(quiet.node());
    assertThat(choice.reason()).isEqualTo(Choice.Reason.BETTER_OF_TWO);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_other_candidate_has_a_shorter_delay_than_the_elected(int seed) {
    Random generator = new Random(seed);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 2 + generator.nextInt(62); i > 0; i--) {
      candidates.add(
          candidate(
              i,
              work(generator.nextInt(500), 1 + generator.nextInt(8), 1 + generator.nextInt(90)),
              generator.nextInt(5),
              generator.nextBoolean() ? 0 : generator.nextInt(600)));
    }

    Choice choice = Election.elect(candidates, generator).orElseThrow();

    Typical typical = Typical.of(candidates);
    assertThat(candidates)
        .allSatisfy(candidate ->
            assertThat(candidate.expectedDelayMs(typical))
                .isGreaterThanOrEqualTo(choice.expectedDelayMs()));
  }

  @Test
  void ties_fall_at_random_and_evenly() {
    List<Candidate> equal =
        IntStream.range(0, 5).mapToObj(i -> candidate(i, work(10, 2, 5), 0, 0)).toList();
    assertThat(shares(equal).values()).hasSize(5).allSatisfy(evenShareOf(5));

    List<Candidate> unknown =
        IntStream.range(0, 2).mapToObj(i -> new Candidate(node(i), null, 0, 0, 0, 0)).toList();
    assertThat(shares(unknown).values()).hasSize(2).allSatisfy(evenShareOf(2));
  }

  @Test
  void of_a_thousand_nodes_all_have_their_chance() {
    List<Candidate> many =
        IntStream.range(0, 1000).mapToObj(i -> candidate(i, work(10, 2, 5), 0, 0)).toList();

    assertThat(shares(many)).hasSizeGreaterThan(950);
  }

  private static org.assertj.core.api.ThrowingConsumer<Integer> evenShareOf(int nodes) {
    return count -> assertThat(count).isBetween(8_000 / nodes, 12_000 / nodes);
  }

  private Map<Node, Integer> shares(List<Candidate> candidates) {
    Map<Node, Integer> shares = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      shares.merge(Election.elect(candidates, random).orElseThrow().node(), 1, Integer::sum);
    }
    return shares;
  }

  private Node elected(Candidate... candidates) {
    return Election.elect(List.of(candidates), random).orElseThrow().node();
  }

  private static Candidate candidate(
      int node, LoadReport.@Nullable Work work, int sentSinceReport, double penaltyMs) {
    return new Candidate(node(node), work, 0, sentSinceReport, sentSinceReport, penaltyMs);
  }

  private static Candidate aged(LoadReport.Work work, double ageMs) {
    return new Candidate(node(1), work, ageMs, 0, 0, 0);
  }

  private static LoadReport.Work work(double backlogMs, int permits, double serviceMs) {
    return new LoadReport.Work(backlogMs, permits, 16, serviceMs);
  }

  private static Node node(int number) {
    return new Node(new HostPort("10.0.0.1", 1000 + number), NodeState.UP, null);
  }
}
