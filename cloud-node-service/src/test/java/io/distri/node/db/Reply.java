package io.distri.node.db;

import org.jspecify.annotations.Nullable;

/** What a client hears of a node. */
sealed interface Reply {

  /**
   * It was done, and enough nodes hold it.
   *
   * @param session what the client has seen with it
   * @param key the document and its collection's epoch
   * @param dot the write; null where there was nothing to write
   */
  record Done(VersionVector session, EntryKey key, @Nullable Dot dot) implements Reply {
    Done in(VersionVector wholeSession) {
      return new Done(wholeSession, key, dot);
    }
  }

  /**
   * What was read.
   *
   * @param shown all writes that led to what was read
   * @param held those, and tries of retried writes that don't count
   */
  record Read(VersionVector session, EntryKey key, VersionVector shown, VersionVector held)
      implements Reply {

    Read in(VersionVector wholeSession) {
      return new Read(wholeSession, key, shown, held);
    }
  }

  /** It was not executed here, for whatever reason. */
  record Refused() implements Reply {}
}
