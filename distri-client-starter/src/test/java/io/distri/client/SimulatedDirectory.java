package io.distri.client;

import io.distri.protocol.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A client's node table on the virtual clock, read under traffic as {@link NodeDirectory} does. The
 * states in it follow the node's {@code FailureDetector}: suspect after 2.5 s without a word, dead
 * after 6 s.
 */
final class SimulatedDirectory {

  private static final Duration SUSPECT_AFTER = Duration.ofMillis(2500);
  private static final Duration DEAD_AFTER = Duration.ofSeconds(6);

  /** As in {@link NodeDirectory}. */
  private static final Duration TABLE_TIMEOUT = Duration.ofSeconds(1);

  private static final int NODES_ASKED = 3;

  private static final Duration ROUND_TRIP = Duration.ofMillis(2);

  private final List<SimulatedNode> cluster;
  private final NodeHealth health;
  private final EventQueue events;
  private final Random random;
  private final Tally tally;
  private List<Node> nodes;
  private long dueAtNanos;
  private boolean reading;

  SimulatedDirectory(
      List<SimulatedNode> cluster,
      NodeHealth health,
      EventQueue events,
      Random random,
      Tally tally) {
    this.cluster = cluster;
    this.health = health;
    this.events = events;
    this.random = random;
    this.tally = tally;
    this.nodes =
        cluster.stream().map(node -> new Node(node.address(), NodeState.UP, null)).toList();
  }

  List<Node> nodes() {
    return nodes;
  }

  /** There is traffic: reads the table if it is time to. */
  void refresh() {
    if (reading || events.nowNanos() < dueAtNanos) {
      return;
    }
    reading = true;
    List<Node> shuffled = new ArrayList<>(nodes);
    Collections.shuffle(shuffled, random);
    shuffled.sort((one, other) -> Boolean.compare(!isUp(one), !isUp(other)));
    ask(shuffled.subList(0, Math.min(NODES_ASKED, shuffled.size())));
  }

  private static boolean isUp(Node node) {
    return node.state() == NodeState.UP;
  }

  private void ask(List<Node> some) {
    if (some.isEmpty()) {
      ended();
      return;
    }
    SimulatedNode asked = cluster.get(SimulatedNode.number(some.get(0).address()));
    if (asked.tellsOfOthers()) {
      events.after(ROUND_TRIP, this::take);
    } else {
      Duration wait = asked.isSilent() ? TABLE_TIMEOUT : ROUND_TRIP;
      events.after(wait, () -> ask(some.subList(1, some.size())));
    }
  }

  private void take() {
    long now = events.nowNanos();
    List<Node> read = new ArrayList<>(cluster.size());
    for (SimulatedNode node : cluster) {
      NodeState state = state(now - node.saidAtNanos());
      read.add(new Node(node.address(), state, null));
      health.tabled(node.address(), state, node.said(), now);
    }
    nodes = List.copyOf(read);
    tally.tableRows(read.size());
    ended();
  }

  private static NodeState state(long silentNanos) {
    if (silentNanos >= DEAD_AFTER.toNanos()) {
      return NodeState.DEAD;
    }
    return silentNanos >= SUSPECT_AFTER.toNanos() ? NodeState.SUSPECT : NodeState.UP;
  }

  private void ended() {
    reading = false;
    dueAtNanos = events.nowNanos() + DistriClientSettings.Election.DEFAULT.tableRefresh().toNanos();
  }
}
