package io.distri.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The choice of the node for one try of a call: the one with the shortest expected delay, among all
 * candidates. A pure function of a frozen snapshot and of the randomness passed in.
 *
 * <p>The delay counts what the node reported, as far as that is still news, and what this client
 * sent there since; the latter is what keeps many callers from running to the same node. With fewer
 * than two reports there is nothing to compare, and the better of two random candidates is taken,
 * by own calls in flight.
 */
final class Election {

  /** Looking at all won every row of the simulation up to here; above, a sample is enough. */
  private static final int MOST_COMPARED = 64;

  private Election() {}

  /** Elects; empty only where there is no candidate. */
  static Optional<Choice> elect(List<Candidate> candidates, RandomGenerator random) {
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    List<Candidate> compared = sample(candidates, MOST_COMPARED, random);
    long reports = compared.stream().filter(candidate -> candidate.work() != null).count();
    if (reports < 2 && compared.size() > 1) {
      return Optional.of(betterOfTwo(compared, random));
    }
    return Optional.of(shortestDelay(compared, random));
  }

  private static Choice betterOfTwo(List<Candidate> candidates, RandomGenerator random) {
    Candidate best =
        sample(candidates, 2, random).stream()
            .min(
                Comparator.comparingDouble(Candidate::penaltyMs)
                    .thenComparingInt(Candidate::inFlight))
            .orElseThrow();
    return new Choice(best.node(), 0, Choice.Reason.BETTER_OF_TWO);
  }

  private static Choice shortestDelay(List<Candidate> candidates, RandomGenerator random) {
    Typical typical = Typical.of(candidates);
    Candidate best = candidates.get(0);
    double shortest = best.expectedDelayMs(typical);
    int ties = 1;
    for (Candidate candidate : candidates.subList(1, candidates.size())) {
      double delay = candidate.expectedDelayMs(typical);
      if (delay < shortest) {
        best = candidate;
        shortest = delay;
        ties = 1;
      } else if (delay == shortest && random.nextInt(++ties) == 0) {
        best = candidate;
      }
    }
    Choice.Reason reason =
        candidates.size() == 1 ? Choice.Reason.ONLY_CANDIDATE : Choice.Reason.SHORTEST_DELAY;
    return new Choice(best.node(), shortest, reason);
  }

  /** So many of them at random, in random order; all as they stand where there are fewer. */
  private static List<Candidate> sample(
      List<Candidate> candidates, int size, RandomGenerator random) {
    if (candidates.size() < size) {
      return candidates;
    }
    List<Candidate> shuffled = new ArrayList<>(candidates);
    for (int i = 0; i < size; i++) {
      int other = i + random.nextInt(shuffled.size() - i);
      Candidate taken = shuffled.get(other);
      shuffled.set(other, shuffled.get(i));
      shuffled.set(i, taken);
    }
    return shuffled.subList(0, size);
  }
}
