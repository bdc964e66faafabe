package io.distri.node.db;

/** What dropping a collection came to. */
public sealed interface DropOutcome permits DropOutcome.Dropped, Refusal {

  /**
   * It is dropped with all documents in it; a repeated drop answers with what the first one came
   * to.
   *
   * @param session the write, what a session has to see from now on
   */
  record Dropped(VersionVector session) implements DropOutcome {}
}
