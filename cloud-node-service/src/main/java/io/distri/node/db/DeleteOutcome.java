package io.distri.node.db;

/** What deleting documents came to. */
public sealed interface DeleteOutcome permits DeleteOutcome.Deleted, Refusal {

  /**
   * They are deleted; a repeated deletion answers with what the first one came to.
   *
   * @param documents how many
   * @param session the writes that did it, what a session has to see from now on; empty where
   *     nothing had to be written
   */
  record Deleted(int documents, VersionVector session) implements DeleteOutcome {}
}
