package io.distri.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** What the rules share: the least of some, ties at random; and random samples. */
final class Rankings {

  private Rankings() {}

  static Candidate least(
      List<Candidate> candidates, ToDoubleFunction<Candidate> cost, RandomGenerator random) {
    Candidate best = candidates.get(0);
    double least = cost.applyAsDouble(best);
    int ties = 1;
    for (int i = 1; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      double value = cost.applyAsDouble(candidate);
      if (value < least) {
        best = candidate;
        least = value;
        ties = 1;
      } else if (value == least && random.nextInt(++ties) == 0) {
        best = candidate;
      }
    }
    return best;
  }

  static List<Candidate> sample(List<Candidate> candidates, int size, RandomGenerator random) {
    if (candidates.size() <= size) {
      return candidates;
    }
    List<Candidate> rest = new ArrayList<>(candidates);
    List<Candidate> sample = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int last = rest.size() - 1;
      int taken = random.nextInt(rest.size());
      sample.add(rest.get(taken));
      rest.set(taken, rest.get(last));
      rest.remove(last);
    }
    return sample;
  }
}
