package io.distri.client;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** An {@link ElectionRule} at work in one client. Safe for use by many threads. */
@FunctionalInterface
interface Ballot {

  /** Elects; empty only where there is no candidate. */
  Optional<Choice> elect(List<Candidate> candidates, RandomGenerator random);
}
