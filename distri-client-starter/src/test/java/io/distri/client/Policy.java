package io.distri.client;

import io.distri.protocol.HostPort;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A rule by which one client picks the node for a try. Everything around it, gate, retries,
 * breakers and probes, is the same for all of them.
 */
interface Policy {

  /**
   * Picks one.
   *
   * @param candidates at least one
   */
  Choice elect(List<Candidate> candidates, RandomGenerator random);

  /** An answer came, or didn't. */
  default void heard(HostPort node, Reply reply, double elapsedMs) {}

  /** An answer to a probe came, or didn't. */
  default void probed(HostPort node, Reply reply) {}

  /** A rule of the client's own. */
  static Policy of(Ballot ballot) {
    return (candidates, random) -> ballot.elect(candidates, random).orElseThrow();
  }

  /** A choice by a rule that expects no particular delay. */
  static Choice of(Candidate candidate) {
    return new Choice(candidate.node(), 0, Choice.Reason.SHORTEST_DELAY);
  }
}
