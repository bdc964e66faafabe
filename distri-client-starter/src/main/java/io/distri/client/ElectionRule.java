package io.distri.client;

/**
 * How a client picks the node for each try. All else is the same under every rule: which nodes are
 * eligible, retries, probes, deadlines. The others are there to be compared with the first.
 */
public enum ElectionRule {
  /** The node that is expected to answer first, by what nodes report of their load. */
  SHORTEST_DELAY,
  /** Of two nodes at random, the one with fewer of this client's calls in flight. */
  TWO_CHOICES,
  /** One node after the other. */
  ROUND_ROBIN;

  /** The rule at work, for one client. */
  Ballot ballot() {
    return switch (this) {
      case SHORTEST_DELAY -> Election::elect;
      case TWO_CHOICES -> TwoChoices::elect;
      case ROUND_ROBIN -> new RoundRobin();
    };
  }
}
