package io.distri.node.membership;

import io.distri.protocol.HostPort;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Whose copies of a write count, this node's own aside.
 *
 * <p>While a member joins, the count changes: a newcomer is no voter before it is in, and one that
 * only starts again has been one all along, which nobody can tell from outside. So there are two
 * counts, without those that join and with them, and a write has to have enough copies by both.
 *
 * @param settled members that are in, those that are dead or restart among them
 * @param silent those of the settled that nobody reached in time; they keep their votes
 * @param joining members that still take in what the others hold
 * @param unseen first contacts that never answered, which may hold copies nobody here knows of
 * @param seen which members the other first contacts turned out to be, without this node itself
 */
public record Electorate(
    Set<String> settled,
    Set<String> silent,
    Set<String> joining,
    Set<HostPort> unseen,
    Map<HostPort, String> seen) {
  public Electorate {
    settled = Set.copyOf(settled);
    silent = Set.copyOf(silent);
    joining = Set.copyOf(joining);
    unseen = Set.copyOf(unseen);
    seen = Map.copyOf(seen);
  }

  /** How many others have a vote when those that join have one. */
  public int others() {
    return settled.size() + joining.size() + unseen.size();
  }

  /** The same before those that join have a vote. */
  public Electorate beforeJoins() {
    return joining.isEmpty() ? this : new Electorate(settled, silent, Set.of(), unseen, seen);
  }

  /** The same voters, with the first contacts as the members that they turned out to be since. */
  public Electorate asSeen(Electorate now) {
    if (now.unseen.containsAll(unseen)) {
      return this;
    }
    Set<String> named = new HashSet<>(settled);
    Set<HostPort> still = new HashSet<>();
    for (HostPort contact : unseen) {
      String member = now.seen.get(contact);
      if (now.unseen.contains(contact)) {
        still.add(contact);
      } else if (member != null && !joining.contains(member)) {
        named.add(member);
      }
    }
    return new Electorate(named, now.silent, joining, still, now.seen);
  }
}
