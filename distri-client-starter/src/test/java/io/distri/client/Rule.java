package io.distri.client;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** The rules that are compared, and Distri's own with one mechanism taken out at a time. */
enum Rule {
  RANDOM("random"),
  ROUND_ROBIN("round robin"),
  TWO_CHOICES("two choices"),
  LEAST_CONNECTIONS("least connections"),
  PEAK_EWMA("peak EWMA"),
  PREQUAL("Prequal"),
  DISTRI("Distri"),
  ORACLE("oracle"),
  NO_OWN_SENDS("without own sends"),
  NO_FADING("without fading"),
  NO_PENALTY("without penalty"),
  NO_PROBES("without probes"),
  NO_BREAKERS("without breakers"),
  THREE("sample of 3");

  private static final int SMALL_SAMPLE = 3;

  private final String label;

  Rule(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  boolean probes() {
    return this != NO_PROBES;
  }

  boolean breakers() {
    return this != NO_BREAKERS;
  }

  /** The rule for one client. */
  Policy policy(List<SimulatedNode> nodes, LongSupplier nanoTime) {
    return switch (this) {
      case RANDOM ->
          (candidates, random) -> Policy.of(candidates.get(random.nextInt(candidates.size())));
      case ROUND_ROBIN -> Policy.of(ElectionRule.ROUND_ROBIN.ballot());
      case TWO_CHOICES -> Policy.of(ElectionRule.TWO_CHOICES.ballot());
      case LEAST_CONNECTIONS ->
          (candidates, random) ->
              Policy.of(Rankings.least(candidates, Candidate::inFlight, random));
      case PEAK_EWMA -> new PeakEwma(nanoTime);
      case PREQUAL -> new Prequal(nodes);
      case ORACLE ->
          (candidates, random) ->
              Policy.of(
                  Rankings.least(candidates, candidate -> exactDelayMs(candidate, nodes), random));
      case DISTRI, NO_PROBES, NO_BREAKERS -> Policy.of(ElectionRule.SHORTEST_DELAY.ballot());
      case NO_OWN_SENDS ->
          ours(candidate ->
              new Candidate(
                  candidate.node(),
                  candidate.work(),
                  candidate.reportAgeMs(),
                  0,
                  candidate.inFlight(),
                  candidate.penaltyMs()));
      case NO_FADING ->
          ours(candidate ->
              new Candidate(
                  candidate.node(),
                  candidate.work(),
                  0,
                  candidate.sentSinceReport(),
                  candidate.inFlight(),
                  candidate.penaltyMs()));
      case NO_PENALTY ->
          ours(candidate ->
              new Candidate(
                  candidate.node(),
                  candidate.work(),
                  candidate.reportAgeMs(),
                  candidate.sentSinceReport(),
                  candidate.inFlight(),
                  0));
      case THREE ->
          (candidates, random) ->
              Election.elect(Rankings.sample(candidates, SMALL_SAMPLE, random), random)
                  .orElseThrow();
    };
  }

  private static Policy ours(UnaryOperator<Candidate> without) {
    return (candidates, random) ->
        Election.elect(candidates.stream().map(without).toList(), random).orElseThrow();
  }

  private static double exactDelayMs(Candidate candidate, List<SimulatedNode> nodes) {
    SimulatedNode node = nodes.get(SimulatedNode.number(candidate.node().address()));
    return node.isWell() ? node.exactDelayMs() : Double.MAX_VALUE;
  }
}
