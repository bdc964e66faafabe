package io.distri.node.membership;

import java.util.Set;

/**
 * Whose copies of a write count, this node's own aside.
 *
 * <p>While a member joins, the count changes: a newcomer is no voter before it is in, and one that
 * only starts again has been one all along, which nobody can tell from outside. So there are two
 * counts, without those that join and with them, and a write has to have enough copies by both.
 *
 * @param settled members that are in, those that are dead or restart among them
 * @param joining members that still take in what the others hold
 * @param unseen first contacts that never answered, which may hold copies nobody here knows of
 */
public record Electorate(Set<String> settled, Set<String> joining, int unseen) {
  public Electorate {
    settled = Set.copyOf(settled);
    joining = Set.copyOf(joining);
  }

  /** How many others have a vote when those that join have one. */
  public int others() {
    return settled.size() + joining.size() + unseen;
  }

  /** The same before those that join have a vote. */
  public Electorate beforeJoins() {
    return joining.isEmpty() ? this : new Electorate(settled, Set.of(), unseen);
  }

  /** Whether a member has a vote, or will have one. */
  public boolean has(String id) {
    return settled.contains(id) || joining.contains(id);
  }
}
