package io.distri.client;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The better of two random nodes, by own calls in flight: what many load balancers do (Mitzenmacher
 * 2001, "The Power of Two Choices in Randomized Load Balancing").
 */
final class TwoChoices {

  private TwoChoices() {}

  static Optional<Choice> elect(List<Candidate> candidates, RandomGenerator random) {
    int size = candidates.size();
    if (size == 0) {
      return Optional.empty();
    }
    int one = 0;
    int other = size - 1;
    if (size > 2) {
      one = random.nextInt(size);
      int another = random.nextInt(size - 1);
      other = another == one ? size - 1 : another;
    }
    return Optional.of(
        new Choice(
            fewer(candidates.get(one), candidates.get(other), random).node(),
            0,
            Choice.Reason.BETTER_OF_TWO));
  }

  private static Candidate fewer(Candidate one, Candidate other, RandomGenerator random) {
    if (one.inFlight() != other.inFlight()) {
      return one.inFlight() < other.inFlight() ? one : other;
    }
    return one.equals(other) || random.nextInt(2) > 0 ? one : other;
  }
}
