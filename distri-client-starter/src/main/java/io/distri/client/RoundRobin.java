package io.distri.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** One after the other, from a random one on. Knows nothing of their load. */
final class RoundRobin implements Ballot {

  private static final int NOT_BEGUN = -1;

  private final AtomicInteger next = new AtomicInteger(NOT_BEGUN);

  @Override
  public Optional<Choice> elect(List<Candidate> candidates, RandomGenerator random) {
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    if (next.get() == NOT_BEGUN) {
      next.compareAndSet(NOT_BEGUN, random.nextInt(candidates.size()));
    }
    int turn = next.getAndUpdate(now -> (now + 1) & Integer.MAX_VALUE);
    return Optional.of(
        new Choice(candidates.get(turn % candidates.size()).node(), 0, Choice.Reason.IN_TURN));
  }
}
