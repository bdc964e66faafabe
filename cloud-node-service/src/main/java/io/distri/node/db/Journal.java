package io.distri.node.db;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where a replica makes its changes safe before anyone sees them. Used by one thread at a time,
 * which may be another one each time.
 */
public interface Journal {
  /** Keeps nothing: the DB is in memory only. */
  Journal NONE = new NoJournal();

  /** Hands out what was written in earlier starts, in order; called once, before all else. */
  void replay(Consumer<JournalRecord> replica);

  /**
   * Writes a record. When this returns, it outlives the process and the machine.
   *
   * @param changes makes the record, where it is needed
   * @throws StorageException where it isn't safe; says whether it may turn up at the next start
   */
  void write(Supplier<JournalRecord> changes);

  /**
   * Keeps lines beside what was written, for a person to look at; safe when this returns. At any
   * time, by any thread.
   *
   * @return where they are, in words
   * @throws StorageException where they aren't safe
   */
  String setAside(List<byte[]> lines);

  /**
   * Offers all that was written so far in as few records as it takes, so that what is on disk can
   * be replaced by them when it has grown. The records may be read later, in another thread.
   *
   * @param state gives the records
   */
  void offer(Supplier<Iterator<JournalRecord>> state);
}
