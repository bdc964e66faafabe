package io.distri.node.db;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Changes that become safe and visible together: those that came while the ones before were being
 * written. Filled by one thread at a time, then only read.
 */
final class Batch {
  private final Set<EntryKey> touched = new LinkedHashSet<>();
  private final CompletableFuture<Void> safe = new CompletableFuture<>();
  private final VersionVector base;
  private Snapshot after;
  private long hlc;
  private boolean empty = true;
  private boolean anew;

  Batch(Snapshot before) {
    this.base = before.version().base();
    this.after = before;
  }

  /** A batch that there is nothing to wait for. */
  static Batch settled(Snapshot held) {
    Batch settled = new Batch(held);
    settled.safe.complete(null);
    return settled;
  }

  void add(SnapshotDraft draft, long lastHlc) {
    touched.addAll(draft.touched());
    anew |= draft.isAnew();
    after = draft.snapshot();
    hlc = lastHlc;
    empty = false;
  }

  boolean isEmpty() {
    return empty;
  }

  /** What is held once the batch is safe. */
  Snapshot after() {
    return after;
  }

  long hlc() {
    return hlc;
  }

  /** Done when the batch is safe; fails with a {@link StorageException}. */
  CompletableFuture<Void> safe() {
    return safe;
  }

  /** The batch for the journal: each thing that was touched, once, as it is afterwards. */
  JournalRecord record() {
    Set<EntryKey> taken = new HashSet<>();
    List<Entry> entries = new ArrayList<>();
    for (EntryKey key : touched) {
      Entry entry = after.entry(key);
      EntryKey subject =
          entry instanceof DocumentEntry ? key : new EntryKey(key.collection(), 0, null);
      if (taken.add(subject)) {
        entries.add(entry);
      }
    }
    Coverage version = after.version();
    VersionVector newBase = anew || !version.base().equals(base) ? version.base() : null;
    return new JournalRecord(version.recent(), newBase, hlc, anew, anew ? all() : entries);
  }

  private List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    new Delta(after, Coverage.NOTHING).pages().forEachRemaining(all::addAll);
    return all;
  }
}
