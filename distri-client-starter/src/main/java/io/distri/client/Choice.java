package io.distri.client;

/**
 * What an election came to.
 *
 * @param expectedDelayMs of the elected node, in milliseconds; 0 where too little is known
 */
record Choice(Node node, double expectedDelayMs, Reason reason) {

  /** Why the node was taken. */
  enum Reason {
    ONLY_CANDIDATE,
    SHORTEST_DELAY,
    BETTER_OF_TWO,
    IN_TURN
  }
}
