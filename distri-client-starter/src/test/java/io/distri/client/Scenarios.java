package io.distri.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the rules are compared in. */
final class Scenarios {

  /** When the outage begins, and when it ends. */
  static final double DOWN_AT_MS = 8000;

  static final double BACK_AT_MS = 16_000;

  private static final double END_MS = 24_000;

  /** With one node of six out, the others are at 84 %. */
  private static final double LOAD_WITH_FAULTS = 0.7;

  /** With three of four out, the last is at 80 %. */
  private static final double LOAD_OF_ONE_IN_FOUR = 0.2;

  private static final double LOAD_OF_THIRTEEN_IN_SIXTEEN = 0.3;

  private Scenarios() {}

  /** Open loops at 90 % load, all nodes well. */
  static List<Scenario> steady() {
    return List.of(
        Scenario.of("1 × 4 equal", 1, Scenario.equal(4)),
        Scenario.of("4 × 4 equal", 4, Scenario.equal(4)),
        Scenario.of("4 × 16 equal", 4, Scenario.equal(16)),
        Scenario.of("32 × 6 equal", 32, Scenario.equal(6)),
        Scenario.of("4 × 2, one 2× slower", 4, Scenario.slow(2, 1, 2)),
        Scenario.of("4 × 2, one 4× slower", 4, Scenario.slow(2, 1, 4)),
        Scenario.of("1 × 6, half 2× slower", 1, Scenario.slow(6, 3, 2)),
        Scenario.of("4 × 6, half 2× slower", 4, Scenario.slow(6, 3, 2)),
        Scenario.of("32 × 6, half 2× slower", 32, Scenario.slow(6, 3, 2)),
        Scenario.of("64 × 64, half 2× slower", 64, Scenario.slow(64, 32, 2)).calls(12_000),
        Scenario.of("4 × 4, one 4× slower", 4, Scenario.slow(4, 1, 4)),
        Scenario.of("32 × 4, one 4× slower", 32, Scenario.slow(4, 1, 4)),
        Scenario.of("4 × 6, one 16× slower", 4, Scenario.slow(6, 1, 16)),
        Scenario.of("32 × 6, one 16× slower", 32, Scenario.slow(6, 1, 16)),
        Scenario.of("32 × 16, two 16× slower", 32, Scenario.slow(16, 2, 16)));
  }

  /** Open loops at 90 % load in which the reports or the work make it hard. */
  static List<Scenario> hard() {
    return List.of(
        Scenario.of("30 % of the reports lost", 4, Scenario.slow(6, 3, 2)).network(0.3, 0),
        Scenario.of("10 % of the answers late", 4, Scenario.slow(6, 3, 2)).network(0, 0.1),
        Scenario.of("a tenth of the calls 10× as long", 4, Scenario.slow(6, 3, 2)).long10(0.1));
  }

  static List<Scenario> loads() {
    List<Scenario> loads = new ArrayList<>();
    for (int percent : new int[] {50, 70, 90, 110, 130, 170}) {
      loads.add(
          Scenario.of(percent + " %", 4, Scenario.slow(6, 3, 2))
              .load(percent / 100.0)
              .lasting(12_000));
    }
    return List.copyOf(loads);
  }

  /** Callers that call again when they are served. */
  static List<Scenario> closed() {
    return List.of(
        Scenario.of("1 client, 24 callers", 1, Scenario.equal(6)).closed(24).lasting(15_000),
        Scenario.of("4 clients, 48 callers", 4, Scenario.equal(6)).closed(48).lasting(15_000),
        Scenario.of("32 clients, 96 callers", 32, Scenario.equal(6)).closed(96).lasting(15_000));
  }

  /** What can go wrong while one node is well at least; node 0 is always a bad one. */
  static List<Scenario> faults() {
    return List.of(
        six("one of 6 answers 503 in 1 ms", Fault.ofFirst(1, Fault.Kind.SINKHOLE, 0, END_MS)),
        six("one of 6 fails 30 %", Fault.ofFirst(1, Fault.Kind.ERRORS, 0, END_MS)),
        six("one of 6 pauses 500 ms every 3 s", Fault.pauses(0, END_MS)),
        six("one of 6 is killed, then revived", outage(1, Fault.Kind.DOWN)),
        six("one of 6 hangs", outage(1, Fault.Kind.PAUSE)),
        four("3 of 4 answer 503 in 1 ms", Fault.ofFirst(3, Fault.Kind.SINKHOLE, 0, END_MS)),
        four("3 of 4 are down", Fault.ofFirst(3, Fault.Kind.DOWN, 0, END_MS)),
        four("3 of 4 hang, from 8 s on", hang(3)),
        Scenario.of("3 of 16 hang, from 8 s on", 4, Scenario.equal(16))
            .faults(hang(3))
            .load(LOAD_OF_THIRTEEN_IN_SIXTEEN)
            .lasting(END_MS));
  }

  /** Nobody is well from 8 s to 16 s. */
  static List<Scenario> outages() {
    return List.of(
        six("all 6 down, then back", outage(6, Fault.Kind.DOWN)),
        six("all 6 break connections, then don't", outage(6, Fault.Kind.DROPS)),
        six("all 6 answer 503, then don't", outage(6, Fault.Kind.SINKHOLE)));
  }

  /** The same for every number of nodes: 4 clients, 70 % load. */
  static List<Scenario> growth() {
    List<Scenario> growth = new ArrayList<>();
    for (int nodes : new int[] {1, 2, 4, 6, 16, 64}) {
      growth.add(
          Scenario.of(Integer.toString(nodes), 4, Scenario.equal(nodes))
              .load(LOAD_WITH_FAULTS)
              .lasting(5000));
    }
    return List.copyOf(growth);
  }

  /** One of those above that are no growth or load. */
  static Scenario named(String name) {
    return Stream.of(steady(), hard(), faults(), outages())
        .flatMap(List::stream)
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Fault> outage(int nodes, Fault.Kind kind) {
    return Fault.ofFirst(nodes, kind, DOWN_AT_MS, BACK_AT_MS);
  }

  private static List<Fault> hang(int nodes) {
    return Fault.ofFirst(nodes, Fault.Kind.PAUSE, DOWN_AT_MS, Fault.FOREVER_MS);
  }

  private static Scenario six(String name, List<Fault> faults) {
    return Scenario.of(name, 4, Scenario.equal(6))
        .faults(faults)
        .load(LOAD_WITH_FAULTS)
        .lasting(END_MS);
  }

  private static Scenario four(String name, List<Fault> faults) {
    return Scenario.of(name, 4, Scenario.equal(4))
        .faults(faults)
        .load(LOAD_OF_ONE_IN_FOUR)
        .lasting(END_MS);
  }
}
