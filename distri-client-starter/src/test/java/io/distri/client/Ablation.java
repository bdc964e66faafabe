package io.distri.client;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** A mechanism taken out, and where that shows. */
enum Ablation {
  OWN_SENDS(Rule.NO_OWN_SENDS, "p99, ms", Measured::p99, "4 × 4 equal", "32 × 6, one 16× slower"),
  FADING(Rule.NO_FADING, "p99, ms", Measured::p99, "4 × 4 equal", "32 × 6, half 2× slower"),
  ALL_NODES(
      Rule.THREE, "p99, ms", Measured::p99, "32 × 16, two 16× slower", "4 × 6, one 16× slower"),
  PROBES(
      Rule.NO_PROBES,
      "p99, ms",
      Measured::p99,
      "32 × 6, half 2× slower",
      "32 × 16, two 16× slower"),
  PENALTY(
      Rule.NO_PENALTY,
      "share of a bad node, %",
      measured -> measured.shareAfterFirst(0) * 100,
      "one of 6 answers 503 in 1 ms",
      "one of 6 fails 30 %"),
  BREAKERS(
      Rule.NO_BREAKERS,
      "calls not finished in the end",
      Measured::unfinished,
      "3 of 4 hang, from 8 s on",
      "3 of 16 hang, from 8 s on");

  private final Rule without;
  private final String unit;
  private final ToDoubleFunction<Measured> figure;
  private final List<String> names;

  Ablation(Rule without, String unit, ToDoubleFunction<Measured> figure, String... names) {
    this.without = without;
    this.unit = unit;
    this.figure = figure;
    this.names = List.of(names);
  }

  Rule without() {
    return without;
  }

  String unit() {
    return unit;
  }

  double figure(Measured measured) {
    return figure.applyAsDouble(measured);
  }

  List<Scenario> scenarios() {
    return names.stream().map(Scenarios::named).toList();
  }
}
