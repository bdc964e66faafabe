package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Whether the model can be believed. */
class SimulationTest {

  private static final int CALLS = 60_000;

  /** The network's two ways of 0.6 ms each in the mean. */
  private static final double NETWORK_MS = 1.2;

  @Test
  void a_single_node_behaves_as_queueing_theory_says() {
    double load = 0.7;
    Scenario scenario = Scenario.of("M/M/2", 1, Scenario.equal(1)).load(load).calls(CALLS);

    Measured measured = Simulation.run(scenario, Rule.RANDOM);

    // Erlang's C for two servers is 2·load² / (1 + load); a call waits S / (2·(1 − load)) with it.
    double waits = 2 * load * load / (1 + load);
    double meanMs = Scenario.MEAN_MS + waits * Scenario.MEAN_MS / (2 * (1 - load)) + NETWORK_MS;
    assertThat(measured.meanMs()).isCloseTo(meanMs, Percentage.withPercentage(4));
  }

  @Test
  void the_same_seed_gives_the_same_figures_and_another_one_does_not() {
    Scenario scenario = Scenario.of("twice", 4, Scenario.slow(4, 1, 4)).calls(5000);

    double[] once = Simulation.run(scenario, Rule.DISTRI).latenciesMs();

    assertThat(Simulation.run(scenario, Rule.DISTRI).latenciesMs()).isEqualTo(once);
    assertThat(Simulation.run(scenario.seed(2), Rule.DISTRI).latenciesMs()).isNotEqualTo(once);
  }

  @Test
  void all_rules_meet_the_same_calls() {
    Scenario scenario = Scenario.of("same", 4, Scenario.equal(4)).calls(5000);

    assertThat(Simulation.run(scenario, Rule.RANDOM).calls())
        .isEqualTo(Simulation.run(scenario, Rule.ORACLE).calls());
  }

  @Test
  void calls_that_are_never_answered_count_with_their_age() {
    Scenario scenario =
        Scenario.of("all hang", 1, Scenario.equal(2))
            .faults(Fault.ofFirst(2, Fault.Kind.PAUSE, 0, Fault.FOREVER_MS))
            .lasting(5000);

    Measured measured = Simulation.run(scenario, Rule.DISTRI);

    assertThat(measured.served()).isZero();
    assertThat(measured.unfinished()).isEqualTo(measured.calls());
    assertThat(measured.p99()).isBetween(3800.0, 4000.0);
  }

  @Test
  void a_node_that_is_down_loses_what_it_holds_and_refuses_what_comes() {
    Scenario scenario =
        Scenario.of("one of two down", 1, Scenario.equal(2))
            .load(0.3)
            .faults(List.of(new Fault(Fault.Kind.DOWN, 0, 2000, Fault.FOREVER_MS)))
            .lasting(6000);

    Measured measured = Simulation.run(scenario, Rule.ROUND_ROBIN);

    assertThat(measured.failed()).isZero();
    assertThat(measured.sendsPerCall()).isGreaterThan(1);
  }
}
