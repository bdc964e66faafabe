package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the election promises, held in every scenario of the report that it speaks of. */
@Tag("simulation")
@ExtendWith(MeasuredElection.class)
class ElectionBoundsTest {

  private static final int MANY_CLIENTS = 32;

  static List<Scenario> steady() {
    return Scenarios.steady();
  }

  static Stream<Scenario> equal() {
    return steady().stream().filter(scenario -> slowest(scenario) == 1);
  }

  static Stream<Scenario> twiceAsSlow() {
    return steady().stream().filter(scenario -> slowest(scenario) == 2 && scenario.nodes() >= 4);
  }

  static Stream<Scenario> muchSlower() {
    return steady().stream().filter(scenario -> slowest(scenario) >= 4);
  }

  static Stream<Scenario> twoNodes() {
    return steady().stream().filter(scenario -> scenario.nodes() == 2);
  }

  static List<Scenario> closed() {
    return Scenarios.closed();
  }

  static Stream<Scenario> sinkholes() {
    return Scenarios.faults().stream()
        .filter(scenario -> scenario.faults().get(0).kind() == Fault.Kind.SINKHOLE);
  }

  static List<Scenario> faults() {
    return Scenarios.faults();
  }

  static List<Scenario> outages() {
    return Scenarios.outages();
  }

  static Stream<Scenario> ambiguousOutages() {
    return outages().stream()
        .filter(scenario -> scenario.faults().get(0).kind() == Fault.Kind.DROPS);
  }

  private static int slowest(Scenario scenario) {
    return Collections.max(scenario.slowness());
  }

  @ParameterizedTest
  @MethodSource("muchSlower")
  void nodes_four_times_slower_or_more_hardly_show(Scenario scenario, Results results) {
    assertThat(ratio(scenario, results, Rule.TWO_CHOICES)).isLessThanOrEqualTo(0.6);
    assertThat(ratio(scenario, results, Rule.LEAST_CONNECTIONS)).isLessThanOrEqualTo(0.8);
  }

  @ParameterizedTest
  @MethodSource("twiceAsSlow")
  void nodes_twice_as_slow_get_less(Scenario scenario, Results results) {
    assertThat(ratio(scenario, results, Rule.TWO_CHOICES)).isLessThanOrEqualTo(0.75);
    assertThat(ratio(scenario, results, Rule.LEAST_CONNECTIONS)).isLessThanOrEqualTo(1.05);
  }

  @ParameterizedTest
  @MethodSource("twoNodes")
  void of_two_nodes_there_is_little_to_choose(Scenario scenario, Results results) {
    double better =
        Math.min(
            results.of(scenario, Rule.TWO_CHOICES).p99(),
            results.of(scenario, Rule.LEAST_CONNECTIONS).p99());

    assertThat(results.of(scenario, Rule.DISTRI).p99()).isLessThanOrEqualTo(1.15 * better);
  }

  @ParameterizedTest
  @MethodSource("steady")
  void an_oracle_would_not_do_much_better(Scenario scenario, Results results) {
    double most = scenario.clients() < MANY_CLIENTS ? 1.6 : 2;

    assertThat(ratio(scenario, results, Rule.ORACLE)).isLessThanOrEqualTo(most);
  }

  @ParameterizedTest
  @MethodSource("equal")
  void among_equal_nodes_it_is_as_good_as_least_connections(Scenario scenario, Results results) {
    assertThat(ratio(scenario, results, Rule.LEAST_CONNECTIONS)).isLessThanOrEqualTo(1.1);
  }

  @ParameterizedTest
  @MethodSource("equal")
  void equal_nodes_get_equal_shares(Scenario scenario, Results results) {
    assertThat(results.of(scenario, Rule.DISTRI).fairness()).isGreaterThanOrEqualTo(0.95);
  }

  @ParameterizedTest
  @MethodSource("closed")
  void callers_who_wait_get_as_much_done_as_by_round_robin(Scenario scenario, Results results) {
    assertThat(results.of(scenario, Rule.DISTRI).servedPerSecond())
        .isGreaterThanOrEqualTo(0.97 * results.of(scenario, Rule.ROUND_ROBIN).servedPerSecond());
  }

  @ParameterizedTest
  @MethodSource("sinkholes")
  void a_node_that_fails_fast_attracts_nobody(Scenario scenario, Results results) {
    assertThat(results.of(scenario, Rule.DISTRI).shareAfterFirst(0))
        .isLessThan(1.0 / scenario.nodes());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void no_call_fails_while_a_node_is_well(Scenario scenario, Results results) {
    Measured measured = results.of(scenario, Rule.DISTRI);

    assertThat(measured.failed()).isZero();
    assertThat(measured.served() + measured.unfinished()).isEqualTo(measured.calls());
  }

  /**
   * Of outages in which it is unclear what was executed; a refusal executed nothing, and goes on to
   * the next node without a token.
   */
  @ParameterizedTest
  @MethodSource("ambiguousOutages")
  void retries_do_not_make_an_outage_worse(Scenario scenario, Results results) {
    double retries = Math.min(Math.max(1.2 / scenario.nodes(), 0.1), 0.5);

    assertThat(
            results
                .of(scenario, Rule.DISTRI)
                .sendsPerCall(Scenarios.DOWN_AT_MS, Scenarios.BACK_AT_MS))
        .isLessThanOrEqualTo(1 + retries);
  }

  @ParameterizedTest
  @MethodSource("outages")
  void after_an_outage_calls_are_served_within_two_seconds(Scenario scenario, Results results) {
    assertThat(ReportTables.recoveryMs(scenario, results.of(scenario, Rule.DISTRI)))
        .isLessThanOrEqualTo(2000);
  }

  private static double ratio(Scenario scenario, Results results, Rule other) {
    return results.of(scenario, Rule.DISTRI).p99() / results.of(scenario, other).p99();
  }
}
