package io.distri.node.fault;

/** How a node fails. */
enum FaultMode {
  /** Closes every connection unanswered, and calls nobody. */
  DEAD,
  /** Answers nobody and calls nobody until it is over, then goes on, as a stopped process does. */
  SILENT,
  /**
   * Does all of its work for each call of a service but Stats, what it does while it writes the
   * answer included, so many times slower, with its permits held for as long. A call whose caller
   * has gone, or does not wait any more, is not held.
   */
  SLOW,
  /** Refuses every call of a service but Stats. */
  REFUSE,
  /** Serves clients, but what other nodes and it say to each other is lost on the way. */
  CUT_OFF
}
