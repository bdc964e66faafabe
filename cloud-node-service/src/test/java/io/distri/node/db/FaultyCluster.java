package io.distri.node.db;

import java.util.ArrayList;
import java.util.List;

/** Three nodes, their clients and all that goes wrong, from one seed. */
final class FaultyCluster {
  private static final int NODES = 3;
  private static final int CLIENTS = 3;
  private static final long RUN_MILLIS = 20_000;
  private static final long AGREE_MILLIS = 30_000;

  private final VirtualTime time;
  private final FaultyNetwork network;
  private final List<FaultyNode> nodes = new ArrayList<>();
  private final List<FaultyClient> clients = new ArrayList<>();
  private final History history = new History();
  private final FaultSchedule faults;

  /** Nodes of odd seeds have disks; those of even ones are in memory only. */
  FaultyCluster(long seed, Mistake mistake) {
    boolean durable = seed % 2 != 0;
    time = new VirtualTime(seed, Nodes.NOON);
    network = new FaultyNetwork(time);
    for (int i = 0; i < NODES; i++) {
      nodes.add(new FaultyNode(time, network, i, durable, mistake));
    }
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new FaultyClient(time, network, nodes, history, "c" + i, mistake));
    }
    faults = new FaultSchedule(time, network, nodes, history, durable);
  }

  /**
   * Runs it all, has everything repaired, and tells what is wrong then; nothing, if all is well.
   */
  List<String> objections() {
    nodes.forEach(node -> node.start(nodes));
    time.pass(3000);
    clients.forEach(FaultyClient::goOn);
    faults.goOn();
    time.pass(RUN_MILLIS);
    clients.forEach(FaultyClient::stop);
    faults.end();
    // Whatever timestamps a wrong clock gave are in the past then.
    time.leap(2 * 3_600_000);
    time.pass(AGREE_MILLIS);
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

  History history() {
    return history;
  }
}
