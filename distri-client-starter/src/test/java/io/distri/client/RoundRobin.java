package io.distri.client;

import java.util.List;
import java.util.random.RandomGenerator;

/** One after the other, from a random one on. */
final class RoundRobin implements Policy {

  private int next = -1;

  @Override
  public Choice elect(List<Candidate> candidates, RandomGenerator random) {
    if (next < 0) {
      next = random.nextInt(candidates.size());
    }
    return Policy.of(candidates.get(next++ % candidates.size()));
  }
}
