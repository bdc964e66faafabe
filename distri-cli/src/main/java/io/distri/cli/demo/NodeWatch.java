package io.distri.cli.demo;

import io.distri.cli.demo.Snapshot.State;
import io.distri.cli.local.LocalCluster;
import io.distri.cli.local.NodeEndpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Knows how each node is, and since when it is up. Safe for use by many threads. */
final class NodeWatch {

  /** Since when a node is up that is not up. */
  private static final long NOT_UP = Long.MAX_VALUE;

  private final LocalCluster cluster;
  private final long[] upSinceNanos;

  /** Takes the nodes to be up from now on. */
  NodeWatch(LocalCluster cluster, long nowNanos) {
    this.cluster = cluster;
    this.upSinceNanos = new long[cluster.size()];
    Arrays.fill(upSinceNanos, nowNanos);
  }

  /** Looks at all nodes. Blocks for as long as they take to answer. */
  void look(long nowNanos) {
    for (int node = 0; node < cluster.size(); node++) {
      boolean up = cluster.isAlive(node) && cluster.endpoints().get(node).isReady();
      synchronized (this) {
        upSinceNanos[node] = up ? Math.min(upSinceNanos[node], nowNanos) : NOT_UP;
      }
    }
  }

  /** How a node is. */
  State state(int node) {
    if (!cluster.isAlive(node)) {
      return State.KILLED;
    }
    synchronized (this) {
      return upSinceNanos[node] == NOT_UP ? State.STARTING : State.UP;
    }
  }

  /** Nodes that have been up for long enough to have every write that is to be looked for. */
  List<NodeEndpoint> settled(long nowNanos) {
    List<NodeEndpoint> settled = new ArrayList<>();
    for (int node = 0; node < cluster.size(); node++) {
      boolean alive = cluster.isAlive(node);
      synchronized (this) {
        long since = upSinceNanos[node];
        if (alive && since != NOT_UP && nowNanos - since >= WriteLedger.SETTLES.toNanos()) {
          settled.add(cluster.endpoints().get(node));
        }
      }
    }
    return settled;
  }
}
