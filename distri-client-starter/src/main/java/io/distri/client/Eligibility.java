package io.distri.client;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which nodes may be elected for a service: those that offer it, are up, and whose breakers are
 * closed. Where there is none, what is known may be out of date, and weaker evidence must do: first
 * the others that offer it, then every node.
 */
final class Eligibility {

  private Eligibility() {}

  /**
   * The nodes to choose from in one round, tried ones included.
   *
   * @param nodes all, with their assessed states
   * @param open nodes whose breakers keep them out
   */
  static List<Node> of(List<Node> nodes, String service, Set<HostPort> open) {
    Predicate<Node> offers = node -> node.mayOffer(service);
    List<Node> best =
        filter(
            nodes,
            offers.and(node -> node.state() == NodeState.UP && !open.contains(node.address())));
    if (!best.isEmpty()) {
      return best;
    }
    List<Node> second = filter(nodes, offers);
    return second.isEmpty() ? nodes : second;
  }

  private static List<Node> filter(List<Node> nodes, Predicate<Node> wanted) {
    List<Node> filtered = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      if (wanted.test(node)) {
        filtered.add(node);
      }
    }
    return filtered;
  }
}
