package io.distri.cli.demo;

import io.distri.cli.demo.Handicaps.Handicap;
import io.distri.cli.demo.Snapshot.State;
import io.distri.cli.local.LocalCluster;
import io.distri.cli.local.NodeEndpoint;
import io.distri.protocol.NodeRecord;
import io.distri.protocol.NodeState;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Knows how each node is, and since when it can have heard of every write. Safe for use by many
 * threads.
 */
final class NodeWatch {

  /** Since when a node hears of writes that does not. */
  private static final long NEVER = Long.MAX_VALUE;

  private final LocalCluster cluster;
  private final Handicaps handicaps;
  private final boolean[] ready;
  private final long[] hearsSinceNanos;
  private volatile Map<String, NodeState> seen = Map.of();

  /** Takes the nodes to be up from now on. */
  NodeWatch(LocalCluster cluster, Handicaps handicaps, long nowNanos) {
    this.cluster = cluster;
    this.handicaps = handicaps;
    this.ready = new boolean[cluster.size()];
    this.hearsSinceNanos = new long[cluster.size()];
    Arrays.fill(ready, true);
    Arrays.fill(hearsSinceNanos, nowNanos);
  }

  /** Looks at all nodes. Blocks for as long as they take to answer. */
  void look(long nowNanos) {
    Map<String, NodeState> majority = Map.of();
    for (int node = 0; node < cluster.size(); node++) {
      NodeEndpoint endpoint = cluster.endpoints().get(node);
      boolean runs = cluster.isAlive(node) && !cluster.isPaused(node);
      Map<String, NodeState> table = runs ? table(endpoint) : Map.of();
      boolean hears = isMajority(table) && !handicaps.has(node, Handicap.CUT_OFF);
      if (hears) {
        majority = table;
      }
      boolean serves = runs && endpoint.isReady();
      synchronized (this) {
        ready[node] = serves;
        hearsSinceNanos[node] = serves && hears ? Math.min(hearsSinceNanos[node], nowNanos) : NEVER;
      }
    }
    seen = majority;
  }

  private static Map<String, NodeState> table(NodeEndpoint node) {
    try {
      return node.nodes().stream()
          .collect(Collectors.toMap(NodeRecord::address, NodeRecord::state, (one, other) -> one));
    } catch (IOException starting) {
      return Map.of();
    }
  }

  private boolean isMajority(Map<String, NodeState> table) {
    long up = table.values().stream().filter(state -> state == NodeState.UP).count();
    return up * 2 > cluster.size();
  }

  /** How a node is. */
  State state(int node) {
    if (!cluster.isAlive(node)) {
      return State.KILLED;
    }
    if (cluster.isPaused(node)) {
      return State.PAUSED;
    }
    synchronized (this) {
      return ready[node] ? State.UP : State.STARTING;
    }
  }

  /** How a node that is in touch with a majority sees one; null without one, or where it is new. */
  @Nullable NodeState seen(int node) {
    return seen.get(cluster.addresses().get(node).toString());
  }

  /** Nodes that can have heard for long enough of every write that is to be looked for. */
  List<NodeEndpoint> settled(long nowNanos) {
    return IntStream.range(0, cluster.size())
        .filter(node -> state(node) == State.UP && !handicaps.has(node, Handicap.CUT_OFF))
        .filter(node -> hearsFor(node, nowNanos) >= WriteLedger.SETTLES.toNanos())
        .mapToObj(cluster.endpoints()::get)
        .toList();
  }

  private synchronized long hearsFor(int node, long nowNanos) {
    long since = hearsSinceNanos[node];
    return since == NEVER ? 0 : nowNanos - since;
  }
}
