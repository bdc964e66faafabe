package io.distri.cli.loadtest;

import java.time.Duration;

/** The rule by which clients make their calls. */
public sealed interface Load permits ClosedLoop, OpenLoop {

  /** How long a call waits for its answer, counted from when it was due. */
  Duration patience();

  /** Rounds of a workload that are to be expected of so many clients. */
  long rounds(int clients, int callsPerRound);

  /**
   * Runs the clients and waits for the last one.
   *
   * @param ended called after each round, by many threads
   */
  void run(int clients, Workload workload, Caller caller, Runnable ended);

  /** An empty tally for a test under this rule. */
  Tally tally();

  /** What the results' file names say of the rule, after the kind of test. */
  String suffix();

  /** The rule in sentences. */
  String description();
}
