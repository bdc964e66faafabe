package io.distri.node.db;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Three nodes or some more, their clients and all that goes wrong, from one seed. */
final class FaultyCluster {
  private static final int NODES = 3;
  private static final int CLIENTS = 3;
  private static final long RUN_MILLIS = 20_000;

  /** Long enough for the base to grow two or three times. */
  private static final long FORGETFUL_RUN_MILLIS = 50_000;

  private static final long AGREE_MILLIS = 30_000;
  private static final long SPREAD_MILLIS = 4000;

  private final boolean forgetful;
  private final VirtualTime time;
  private final FaultyNetwork network;
  private final Map<String, FaultyNode> everybody = new LinkedHashMap<>();

  /** Those that belong to the cluster, as of now. */
  private final List<FaultyNode> nodes = new ArrayList<>();

  private final List<FaultyClient> clients = new ArrayList<>();
  private final Ancestry ancestry = new Ancestry();
  private final History history = new History(ancestry);
  private final boolean changing;
  private final FaultSchedule faults;
  private final ComingsAndGoings changes;

  /**
   * Nodes of odd seeds have disks; those of even ones are in memory only. In every other pair of
   * seeds the base grows, and what it covers is forgotten: those run for longer.
   */
  FaultyCluster(long seed, Mistake mistake) {
    boolean durable = seed % 2 != 0;
    time = new VirtualTime(seed, Nodes.NOON);
    forgetful = seed / 2 % 2 != 0;
    changing = seed / 4 % 2 != 0;
    network = new FaultyNetwork(time, forgetful ? 1000 : 4000);
    for (int i = 0; i < NODES; i++) {
      nodes.add(newNode(durable, mistake));
    }
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(
          new FaultyClient(time, network, nodes, history, "c" + i, forgetful ? 3 : 4, mistake));
    }
    Losses losses = new Losses(nodes, history);
    faults = new FaultSchedule(time, network, nodes, losses, durable, forgetful ? 6000 : 2500);
    changes = new ComingsAndGoings(time, network, nodes, losses, () -> newNode(durable, mistake));
  }

  private FaultyNode newNode(boolean durable, Mistake mistake) {
    FaultyNode node =
        new FaultyNode(time, network, everybody, ancestry, everybody.size(), durable, mistake);
    if (!forgetful) {
      node.stopForgetting();
    }
    return node;
  }

  /**
   * Runs it all, has everything repaired, and tells what is wrong then; nothing, if all is well.
   */
  List<String> objections() {
    nodes.forEach(node -> node.start(nodes));
    time.pass(3000);
    clients.forEach(FaultyClient::goOn);
    faults.goOn();
    if (changing) {
      changes.goOn();
    }
    time.pass(forgetful ? FORGETFUL_RUN_MILLIS : RUN_MILLIS);
    clients.forEach(FaultyClient::stop);
    changes.end();
    everybody.values().stream().filter(node -> !nodes.contains(node)).forEach(FaultyNode::end);
    faults.end();
    // Whatever timestamps a wrong clock gave are in the past then.
    time.leap(2 * 3_600_000);
    time.pass(AGREE_MILLIS);
    nodes.forEach(FaultyNode::stopForgetting);
    time.pass(SPREAD_MILLIS);
    List<Replica> replicas = new ArrayList<>();
    for (FaultyNode node : nodes) {
      Replica replica = node.replica();
      if (replica == null) {
        return List.of("node " + node.index() + " does not start");
      }
      replicas.add(replica);
    }
    return history.objections(replicas);
  }

  /** How many writes were folded into the base in the end. */
  long folded() {
    return nodes.stream().mapToLong(FaultyNode::folded).max().orElse(0);
  }

  /** Of how many documents it is forgotten in the end that they were deleted. */
  long forgotten() {
    Replica first = nodes.getFirst().replica();
    return first == null ? 0 : ancestry.forgotten(first.snapshot());
  }

  /** How often a node took what others hold in place of what it held. */
  int anewStarts() {
    return everybody.values().stream().mapToInt(FaultyNode::anewStarts).sum();
  }

  ComingsAndGoings changes() {
    return changes;
  }

  History history() {
    return history;
  }
}
