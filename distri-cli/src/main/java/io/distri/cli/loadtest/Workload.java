package io.distri.cli.loadtest;

import io.distri.cli.loadtest.CellResult.Entries;
import io.distri.client.DistriException;
import org.jspecify.annotations.Nullable;

/** What each client of a test does, over and over. Safe for use by many clients at once. */
interface Workload extends AutoCloseable {

  /** How many calls a round has. */
  int callsPerRound();

  /**
   * Makes the calls of a round one after the other. Blocks meanwhile.
   *
   * @param due when the first of them should have begun, by {@link System#nanoTime}; each other one
   *     is due when the one before it has ended
   */
  void round(long due, Caller caller);

  /**
   * Looks, when all rounds have ended, what became of the documents that were added; null where
   * none were. Blocks for as long as the nodes may take to sync.
   */
  @Nullable Entries entries();

  /**
   * Takes away what the rounds left on the nodes.
   *
   * @throws DistriException where that did not succeed
   */
  @Override
  void close();
}
