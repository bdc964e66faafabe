package io.distri.node.db;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What this node's latest writes concerned, so that they can be pushed without looking for them.
 * One thread records; any number look up at the same time, without waiting.
 */
final class OwnWrites {
  /**
   * How many writes are kept: half a minute of a few hundred writes a second, at about 60 bytes
   * each. A node that was away for longer pulls.
   */
  static final int CAPACITY = 10_000;

  private record Slot(long seq, EntryKey key) {}

  private final AtomicReferenceArray<@Nullable Slot> ring = new AtomicReferenceArray<>(CAPACITY);

  void record(long seq, EntryKey key) {
    ring.set((int) (seq % CAPACITY), new Slot(seq, key));
  }

  /** Forgets all: from now on another actor's writes are recorded. */
  void clear() {
    for (int i = 0; i < CAPACITY; i++) {
      ring.set(i, null);
    }
  }

  /**
   * The writes of the snapshot's actor after a seq. A state may be newer than the write that asks
   * for it: then it replaces that write, and the range has no hole. Who has all up to the seq
   * remembers those writes, so that of what a document remembers only the rest goes with it, and
   * what is in the base: that may be forgotten there and not yet here.
   */
  RecentWrites after(long after, long actor, Snapshot snapshot, int maxEntries, long maxBytes) {
    long last = snapshot.version().seq(actor);
    if (after >= last) {
      return new RecentWrites.None();
    }
    Set<EntryKey> taken = new HashSet<>();
    List<Entry> collections = new ArrayList<>();
    List<Entry> documents = new ArrayList<>();
    VersionVector base = snapshot.version().base();
    long bytes = 0;
    long to = after;
    for (long seq = after + 1; seq <= last; seq++) {
      EntryKey key = find(seq);
      if (key == null) {
        break;
      }
      Entry entry = snapshot.entry(key).rememberingAfter(actor, after, base);
      EntryKey subject =
          entry instanceof DocumentEntry ? key : new EntryKey(key.collection(), 0, null);
      if (taken.add(subject)) {
        bytes += entry.sizeBytes();
        if (to > after && (taken.size() > maxEntries || bytes > maxBytes)) {
          break;
        }
        (entry instanceof CollectionEntry ? collections : documents).add(entry);
      }
      to = seq;
    }
    if (to == after) {
      return new RecentWrites.TooOld();
    }
    collections.addAll(documents);
    return new Push(actor, after, to, snapshot.version().baseDigest(), collections);
  }

  private @Nullable EntryKey find(long seq) {
    Slot slot = ring.get((int) (seq % CAPACITY));
    return slot != null && slot.seq() == seq ? slot.key() : null;
  }
}
