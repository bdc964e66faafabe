package io.distri.client;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import io.distri.protocol.WorkClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * What is known of every node's load, by address. Elections get frozen {@link Candidate}s, so that
 * ranking never races with what comes in meanwhile. Safe for many threads.
 */
final class ScoreTracker {

  /** A node's own word on its state outweighs the table's for as long as the table may be old. */
  private static final Duration OWN_WORD = Duration.ofSeconds(2);

  private final ConcurrentMap<HostPort, NodeScore> scores = new ConcurrentHashMap<>();

  /** The score of a node, begun where there was none. */
  NodeScore of(HostPort address) {
    return scores.computeIfAbsent(address, key -> new NodeScore());
  }

  List<Candidate> freeze(Collection<Node> nodes, WorkClass workClass, long nowNanos) {
    List<Candidate> frozen = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      frozen.add(of(node.address()).freeze(node, workClass, nowNanos));
    }
    return frozen;
  }

  /** The state of a node by the best evidence: its own word, if fresh, else the node table's. */
  NodeState state(Node node, long nowNanos) {
    NodeState own = of(node.address()).state(OWN_WORD, nowNanos);
    return own == null ? node.state() : own;
  }

  /** The nodes that could not be reached when they were last tried. */
  List<HostPort> unreachable() {
    return scores.entrySet().stream()
        .filter(entry -> entry.getValue().isUnreachable())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Forgets all nodes but these. */
  void retain(Collection<Node> nodes) {
    Set<HostPort> known = nodes.stream().map(Node::address).collect(Collectors.toSet());
    scores.keySet().retainAll(known);
  }
}
