package io.distri.cli.loadtest;

/** What each client of a test does, over and over. Safe for use by many clients at once. */
sealed interface Workload permits EncryptWorkload, DbWorkload {

  /** How many calls a round has. */
  int callsPerRound();

  /** Makes the calls of a round one after the other and tallies each of them. Blocks meanwhile. */
  void round(Tally tally);
}
