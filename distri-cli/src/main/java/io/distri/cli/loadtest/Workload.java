package io.distri.cli.loadtest;

import io.distri.cli.loadtest.CellResult.Entries;
import org.jspecify.annotations.Nullable;

/** What each client of a test does, over and over. Safe for use by many clients at once. */
sealed interface Workload extends AutoCloseable permits EncryptWorkload, DbWorkload {

  /** How many calls a round has. */
  int callsPerRound();

  /** Makes the calls of a round one after the other and tallies each of them. Blocks meanwhile. */
  void round(Tally tally);

  /**
   * Looks, when all rounds have ended, what became of the documents that were added; null where
   * none were. Blocks for as long as the nodes may take to sync.
   */
  @Nullable Entries entries();

  /** Takes away what the rounds left on the nodes. */
  @Override
  void close();
}
