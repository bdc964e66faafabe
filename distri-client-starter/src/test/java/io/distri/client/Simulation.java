package io.distri.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A cluster and its clients on a virtual clock: the same scenario, rule and seed give the same
 * numbers, on every machine and Java. All rules meet the same calls at the same moments.
 */
final class Simulation {

  private static final Duration GOSSIP = Duration.ofSeconds(1);

  private final Scenario scenario;
  private final EventQueue events = new EventQueue();
  private final Tally tally;
  private final Random demand;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<SimulatedClient> clients = new ArrayList<>();
  private final long endNanos;

  private Simulation(Scenario scenario, Rule rule) {
    this.scenario = scenario;
    this.endNanos = SimulatedNetwork.nanos(scenario.durationMs());
    this.tally = new Tally(scenario.nodes(), SimulatedNetwork.nanos(scenario.warmUpMs()), endNanos);
    Random seeds = new Random(scenario.seed());
    demand = new Random(seeds.nextLong());
    SimulatedNetwork network =
        new SimulatedNetwork(events, scenario.network(), new Random(seeds.nextLong()));
    for (int factor : scenario.slowness()) {
      nodes.add(
          new SimulatedNode(
              nodes.size(),
              Scenario.MEAN_MS * factor,
              events,
              network,
              new Random(seeds.nextLong())));
    }
    for (int i = 0; i < scenario.clients(); i++) {
      clients.add(new SimulatedClient(rule, nodes, events, new Random(seeds.nextLong()), tally));
    }
  }

  static Measured run(Scenario scenario, Rule rule) {
    return new Simulation(scenario, rule).run();
  }

  private Measured run() {
    gossip();
    for (Fault fault : scenario.faults()) {
      long until = SimulatedNetwork.nanos(fault.untilMs());
      SimulatedNode node = nodes.get(fault.node());
      events.at(SimulatedNetwork.nanos(fault.fromMs()), () -> node.begin(fault.kind(), until));
      events.at(until, () -> node.end(fault.kind()));
    }
    if (scenario.callers() == 0) {
      events.after(untilNextCall(), this::arrive);
    }
    for (int caller = 0; caller < scenario.callers(); caller++) {
      repeat(clients.get(caller % clients.size()));
    }
    events.runUntil(endNanos);
    return tally.measured(endNanos);
  }

  private void gossip() {
    nodes.forEach(SimulatedNode::gossip);
    events.after(GOSSIP, this::gossip);
  }

  private void arrive() {
    SimulatedClient client = clients.get(demand.nextInt(clients.size()));
    client.call(work(), served -> {});
    events.after(untilNextCall(), this::arrive);
  }

  private void repeat(SimulatedClient client) {
    events.after(0, () -> client.call(work(), served -> repeat(client)));
  }

  private long untilNextCall() {
    return SimulatedNetwork.nanos(1000 / scenario.arrivalRate() * exponential());
  }

  /** In mean service times. */
  private double work() {
    double mean = 1 / (1 + 9 * scenario.long10());
    boolean isLong = scenario.long10() > 0 && demand.nextDouble() < scenario.long10();
    return exponential() * (isLong ? 10 * mean : mean);
  }

  private double exponential() {
    return -StrictMath.log(1 - demand.nextDouble());
  }
}
