package io.distri.node.db;

/** What creating a collection came to. */
public sealed interface CreateOutcome permits CreateOutcome.Created, CreateOutcome.Exists, Refusal {

  /**
   * It is created; a repeated creation answers with what the first one came to.
   *
   * @param session the write, what a session has to see from now on
   */
  record Created(VersionVector session) implements CreateOutcome {}

  /**
   * It was there.
   *
   * @param session the write that created it
   */
  record Exists(VersionVector session) implements CreateOutcome {}
}
