package io.distri.node.db;

import io.distri.node.membership.Member;
import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A simulated node's way into the cluster and out of it, as {@code ClusterLife} has it. */
final class FaultyLife {
  /** As many are listed where there are more. */
  private static final int CONTACTS = 3;

  /** Shorter than two bases take, as it is in the product. */
  private static final long HAND_OVER_MILLIS = 3000;

  private final FaultyNode node;
  private final Map<String, FaultyNode> everybody;
  private final VirtualTime time;
  private final FaultyNetwork network;
  private final Mistake mistake;

  /**
   * @param everybody by id, all nodes that there ever were
   */
  FaultyLife(
      FaultyNode node,
      Map<String, FaultyNode> everybody,
      VirtualTime time,
      FaultyNetwork network,
      Mistake mistake) {
    this.node = node;
    this.everybody = everybody;
    this.time = time;
    this.network = network;
    this.mistake = mistake;
  }

  /** The addresses that it is told to contact first. */
  List<HostPort> contacts(List<FaultyNode> cluster) {
    return cluster.stream()
        .filter(other -> other != node)
        .limit(CONTACTS)
        .map(FaultyNode::address)
        .toList();
  }

  /** Tries every first contact that did not answer yet, and again in a second. */
  void knock(int current) {
    Gossip here = node.gossip();
    if (here == null || current != node.start()) {
      return;
    }
    Member me = here.member().row();
    here.member().members().unmetContacts().stream()
        .sorted(Comparator.comparing(HostPort::host))
        .forEach(contact -> knock(contact, current, me));
    time.after(1000, () -> knock(current));
  }

  private void knock(HostPort contact, int current, Member me) {
    everybody.values().stream()
        .filter(other -> other.address().equals(contact))
        .forEach(other ->
            network.send(node.index(), other.index(), () -> other.life().admit(node, current, me)));
  }

  private void admit(FaultyNode newcomer, int itsStart, Member row) {
    Gossip here = node.gossip();
    if (here == null || node.refuses(newcomer)) {
      return;
    }
    here.member().meet(row, List.of());
    Member me = here.member().row();
    List<Member> table = here.member().members().members();
    network.send(
        node.index(), newcomer.index(), () -> newcomer.life().enter(itsStart, node, me, table));
  }

  private void enter(int current, FaultyNode by, Member row, List<Member> table) {
    Gossip here = node.gossip();
    if (here != null && current == node.start()) {
      here.member().meet(row, table);
      here.member().members().met(by.address(), row.id());
      if (here.member().self().state() == NodeState.JOINING) {
        node.pulls().pull(by);
      }
    }
  }

  /** Is in, having caught up, or because nobody answered. */
  void serve(int current) {
    Gossip here = node.gossip();
    if (here != null && current == node.start()) {
      here.member().self().move(NodeState.JOINING, NodeState.UP);
    }
  }

  /**
   * Is told to leave: says so, ends what runs, hands over.
   *
   * @param left called when it is gone
   * @param stays called when it stopped and belongs to the cluster still
   */
  void leave(Runnable left, Runnable stays) {
    Gossip here = node.gossip();
    if (here != null && here.member().self().move(NodeState.UP, NodeState.LEFT)) {
      int current = node.start();
      node.pushToAll(current);
      long begun = time.now();
      time.between(1, 300, () -> handOver(current, begun, left, stays));
    }
  }

  private void handOver(int current, long begun, Runnable left, Runnable stays) {
    Replica here = node.replica();
    Gossip gossip = node.gossip();
    if (here == null || gossip == null || current != node.start()) {
      stays.run();
      return;
    }
    boolean done = gossip.member().handedOver(here.version().all(), begun * 1_000_000);
    if (done || mistake == Mistake.LEFT_WITHOUT_HANDING_OVER) {
      node.end();
      left.run();
    } else if (time.now() - begun > HAND_OVER_MILLIS) {
      keepVote(gossip);
      stays.run();
    } else {
      node.pushToAll(current);
      time.after(100, () -> handOver(current, begun, left, stays));
    }
  }

  private void keepVote(Gossip gossip) {
    gossip.member().self().move(NodeState.LEFT, NodeState.RESTARTING);
    node.pushToAll(node.start());
    if (node.disk() != null) {
      node.crash();
    } else {
      // It would lose what it holds: that is for others to do to it.
      gossip.member().self().move(NodeState.RESTARTING, NodeState.UP);
    }
  }
}
