package io.distri.client;

import io.distri.protocol.HostPort;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has happened in one call so far. Used by one thread. */
final class CallHistory {

  private final Map<HostPort, NodeTry> tries = new LinkedHashMap<>();
  private final Set<HostPort> triedThisRound = new HashSet<>();
  private final Map<HostPort, Problem> notOffered = new HashMap<>();
  private final Set<HostPort> busy = new HashSet<>();
  private int attempts;
  private int unclear;
  private int rounds;
  private @Nullable Duration soonest;
  private @Nullable Choice last;

  void elected(Choice choice) {
    last = choice;
    attempts++;
    triedThisRound.add(choice.node().address());
  }

  /** The last try came back without success. */
  void failed(HostPort node, TryOutcome outcome) {
    if (outcome instanceof TryOutcome.Refused refused) {
      note(node, refused.reason());
      if (refused.why() != TryOutcome.Why.UNREACHABLE) {
        soonest = shorter(soonest, refused.retryAfter());
      }
      if (refused.why() == TryOutcome.Why.BUSY) {
        busy.add(node);
      }
    } else if (outcome instanceof TryOutcome.NotOffered offered) {
      note(node, offered.problem().toString());
      notOffered.put(node, offered.problem());
    } else if (outcome instanceof TryOutcome.Unclear lost) {
      note(node, lost.reason());
      unclear++;
    }
  }

  private void note(HostPort node, String reason) {
    NodeTry before = tries.get(node);
    tries.put(node, new NodeTry(node, before == null ? 1 : before.count() + 1, reason));
  }

  private static Duration shorter(@Nullable Duration one, Duration other) {
    return one == null || other.compareTo(one) < 0 ? other : one;
  }

  /** Every node had its turn; all may be tried again. */
  void nextRound() {
    rounds++;
    triedThisRound.clear();
    soonest = null;
  }

  /** Those not yet tried in this round that may offer the service. */
  List<Node> untried(List<Node> nodes) {
    if (triedThisRound.isEmpty() && notOffered.isEmpty()) {
      return nodes;
    }
    return nodes.stream()
        .filter(node -> !triedThisRound.contains(node.address()))
        .filter(node -> !notOffered.containsKey(node.address()))
        .toList();
  }

  /** What the nodes said, where all of them said that they don't offer the service. */
  @Nullable Problem offeredByNone(Collection<Node> nodes) {
    boolean none =
        !nodes.isEmpty() && nodes.stream().allMatch(node -> notOffered.containsKey(node.address()));
    return none ? notOffered.values().iterator().next() : null;
  }

  /** Nodes that refused for lack of room. */
  int busyNodes() {
    return busy.size();
  }

  /** How often the call was sent. */
  int attempts() {
    return attempts;
  }

  /** Tries of which it is unclear whether a node executed them. */
  int unclear() {
    return unclear;
  }

  /** Rounds over all nodes that are behind. */
  int rounds() {
    return rounds;
  }

  /** How soon a node of this round may have room, by its own word. */
  Duration soonest() {
    return soonest == null ? Duration.ZERO : soonest;
  }

  /** The last election; null before the first. */
  @Nullable Choice last() {
    return last;
  }

  List<NodeTry> tries() {
    return List.copyOf(tries.values());
  }
}
