package io.distri.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A cluster, its callers, and what goes wrong.
 *
 * @param clients each with scores and probes of its own
 * @param slowness of each node: 1 where a call takes 10 ms in the mean, 4 where it takes 40
 * @param load what comes in as a share of what the nodes can do; in a closed loop it says nothing
 * @param callers 0 for an open loop; otherwise so many call again as soon as they were served
 * @param long10 share of calls that take ten times the mean of the others
 * @param calls how many come in an open loop, warm-up included
 * @param minimumMs that the simulation lasts at least
 */
record Scenario(
    String name,
    int clients,
    List<Integer> slowness,
    double load,
    int callers,
    double long10,
    SimulatedNetwork.Quality network,
    List<Fault> faults,
    int calls,
    double minimumMs,
    long seed) {

  static final double MEAN_MS = 10;

  /** An open loop at 90 % load. */
  static Scenario of(String name, int clients, List<Integer> slowness) {
    return new Scenario(
        name, clients, slowness, 0.9, 0, 0, SimulatedNetwork.Quality.GOOD, List.of(), 20_000, 0, 1);
  }

  static List<Integer> equal(int nodes) {
    return Collections.nCopies(nodes, 1);
  }

  /** The first nodes slower than the others. */
  static List<Integer> slow(int nodes, int slowOnes, int factor) {
    List<Integer> slowness = new ArrayList<>(equal(nodes));
    Collections.fill(slowness.subList(0, slowOnes), factor);
    return List.copyOf(slowness);
  }

  Scenario load(double share) {
    return copy(share, callers, long10, network, faults, calls, minimumMs, seed);
  }

  Scenario closed(int callers) {
    return copy(load, callers, long10, network, faults, calls, minimumMs, seed);
  }

  Scenario long10(double share) {
    return copy(load, callers, share, network, faults, calls, minimumMs, seed);
  }

  Scenario network(double lost, double late) {
    return copy(
        load,
        callers,
        long10,
        new SimulatedNetwork.Quality(lost, late),
        faults,
        calls,
        minimumMs,
        seed);
  }

  Scenario faults(List<Fault> faults) {
    return copy(load, callers, long10, network, faults, calls, minimumMs, seed);
  }

  Scenario calls(int calls) {
    return copy(load, callers, long10, network, faults, calls, minimumMs, seed);
  }

  Scenario lasting(double ms) {
    return copy(load, callers, long10, network, faults, 0, ms, seed);
  }

  Scenario seed(long seed) {
    return copy(load, callers, long10, network, faults, calls, minimumMs, seed);
  }

  private Scenario copy(
      double load,
      int callers,
      double long10,
      SimulatedNetwork.Quality network,
      List<Fault> faults,
      int calls,
      double minimumMs,
      long seed) {
    return new Scenario(
        name, clients, slowness, load, callers, long10, network, faults, calls, minimumMs, seed);
  }

  int nodes() {
    return slowness.size();
  }

  /** Calls a second that all nodes together can do. */
  double capacity() {
    double capacity = 0;
    for (int factor : slowness) {
      capacity += SimulatedNode.PERMITS * 1000 / (MEAN_MS * factor);
    }
    return capacity;
  }

  /** Calls a second that come in. */
  double arrivalRate() {
    return capacity() * load;
  }

  double durationMs() {
    return Math.max(minimumMs, calls / arrivalRate() * 1000);
  }

  /** The first tenth of the time does not count, but no less than 1 s does without counting. */
  double warmUpMs() {
    return Math.min(durationMs() / 2, Math.max(1000, durationMs() / 10));
  }

  @Override
  public String toString() {
    return name;
  }
}
