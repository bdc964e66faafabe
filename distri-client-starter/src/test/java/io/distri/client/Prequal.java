package io.distri.client;

import io.distri.protocol.HostPort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Prequal's hot-cold rule (Wieder et al., NSDI 2024): a node whose requests in flight are above the
 * 84th percentile of those in the pool is hot; of the cold ones the lowest latency wins, and where
 * all are hot the fewest requests in flight. Its probes are piggybacked on answers as ours are, and
 * as in the paper each use of a probe counts one request more in it, and one used twice leaves the
 * pool, which holds 16, until it is renewed. Where fewer than 2 are in it, the choice is random.
 */
final class Prequal implements Policy {

  private static final int POOL = 16;
  private static final double HOT_ABOVE = 0.84;
  private static final int USES = 2;
  private static final int LEAST_POOL = 2;

  private final List<SimulatedNode> nodes;
  private final Map<HostPort, Double> latencies = new HashMap<>();

  Prequal(List<SimulatedNode> nodes) {
    this.nodes = nodes;
  }

  @Override
  public Choice elect(List<Candidate> candidates, RandomGenerator random) {
    List<Candidate> fresh =
        candidates.stream().filter(candidate -> candidate.sentSinceReport() < USES).toList();
    if (fresh.size() < LEAST_POOL) {
      return Policy.of(candidates.get(random.nextInt(candidates.size())));
    }
    List<Candidate> pool = Rankings.sample(fresh, POOL, random);
    int[] inFlight = pool.stream().mapToInt(Prequal::requestsInFlight).sorted().toArray();
    int hotAbove = inFlight[(int) (HOT_ABOVE * (inFlight.length - 1))];
    List<Candidate> cold =
        pool.stream().filter(candidate -> requestsInFlight(candidate) <= hotAbove).toList();
    return Policy.of(
        cold.isEmpty()
            ? Rankings.least(pool, Prequal::requestsInFlight, random)
            : Rankings.least(cold, this::latency, random));
  }

  private static int requestsInFlight(Candidate candidate) {
    if (candidate.work() == null) {
      return candidate.inFlight();
    }
    double held = candidate.work().backlogMs() / Math.max(candidate.work().serviceMs(), 0.1);
    return Math.max(0, (int) Math.round(held) + candidate.sentSinceReport());
  }

  private double latency(Candidate candidate) {
    return latencies.getOrDefault(candidate.node().address(), 0.0);
  }

  @Override
  public void heard(HostPort node, Reply reply, double elapsedMs) {
    probed(node, reply);
  }

  @Override
  public void probed(HostPort node, Reply reply) {
    if (reply instanceof Reply.Answer) {
      latencies.put(node, nodes.get(SimulatedNode.number(node)).recentLatencyMs());
    }
  }
}
