package io.distri.node.db;

import org.jspecify.annotations.Nullable;

/** What a read came to. */
public sealed interface ReadOutcome permits ReadOutcome.Found, Refusal {

  /**
   * The documents, out of one snapshot, ordered by UUID.
   *
   * @param documents without a limit found while they are iterated, so that a collection is never
   *     in memory twice; may be iterated again
   * @param next where the next page starts; null where there is none
   * @param session what a session has to see from now on, so that it never sees less than this
   */
  record Found(Iterable<StoredDocument> documents, @Nullable Cursor next, VersionVector session)
      implements ReadOutcome {}
}
