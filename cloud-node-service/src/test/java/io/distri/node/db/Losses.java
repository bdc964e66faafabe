package io.distri.node.db;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps account of disks and memories that were lost: one at a time is promised to be survived, and
 * the next one may be lost when the others hold again what is acknowledged.
 */
final class Losses {
  private final List<FaultyNode> nodes;
  private final History history;

  /** The last node that lost everything, until it has caught up. */
  private @Nullable FaultyNode last;

  /** Whether a node is gone for good without having handed over what it held. */
  private boolean gone;

  /**
   * @param nodes that belong to the cluster, as of now
   */
  Losses(List<FaultyNode> nodes, History history) {
    this.nodes = nodes;
    this.history = history;
  }

  /** Whether a node may lose what it holds. */
  boolean mayBe() {
    List<FaultyNode> behind = last == null ? List.of() : List.of(last);
    boolean caughtUp = (gone ? nodes : behind).stream().allMatch(this::hasAll);
    gone &= !caughtUp;
    return caughtUp;
  }

  private boolean hasAll(FaultyNode node) {
    Replica replica = node.replica();
    return replica != null && replica.version().covers(history.acknowledgedWrites());
  }

  /** A node lost what it held, and comes back. */
  void lost(FaultyNode node) {
    last = node;
  }

  /** Whether a node may lose what it holds, which is the last one that did or may be the next. */
  boolean mayBeWith(FaultyNode node) {
    return last == node && !gone || mayBe();
  }

  /** A node is gone with what it held. */
  void gone(FaultyNode node) {
    gone = true;
    last = last == node ? null : last;
  }

  /** A node left in good order; what it had lost before nobody gets from it any more. */
  void left(FaultyNode node) {
    if (last == node) {
      gone(node);
    }
  }
}
