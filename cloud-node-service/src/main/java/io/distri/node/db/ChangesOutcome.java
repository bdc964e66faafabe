package io.distri.node.db;

/** What asking for the changes of a collection comes to. */
public sealed interface ChangesOutcome permits ChangesOutcome.Changes, Refusal {

  /**
   * What changed.
   *
   * @param documents each that changed, once, as it is now; found as they are read
   * @param next where to go on after all of them
   */
  record Changes(Iterable<ChangedDocument> documents, FeedToken next) implements ChangesOutcome {}
}
