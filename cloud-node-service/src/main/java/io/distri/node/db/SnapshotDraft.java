package io.distri.node.db;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * The next {@link Snapshot} in the making: a change of one or many states that becomes visible at
 * once, or not at all. For one thread.
 */
final class SnapshotDraft {
  private VersionVector version;
  private TreePMap<String, CollectionContent> collections;
  private TreePMap<Dot, EntryKey> live;
  private long discarded;
  private final Map<Long, EntryKey> ownWrites = new LinkedHashMap<>();
  private final Set<EntryKey> touched = new LinkedHashSet<>();

  SnapshotDraft(Snapshot base) {
    this.version = base.version();
    this.collections = base.collections();
    this.live = base.live();
    this.discarded = base.discarded();
  }

  /** The base with all that was changed. */
  Snapshot snapshot() {
    return new Snapshot(version, collections, live, discarded);
  }

  VersionVector version() {
    return version;
  }

  void cover(VersionVector vector) {
    version = version.merge(vector);
  }

  /** Names the next write of this node's actor. */
  Dot nextDot(long actor, EntryKey concerned) {
    Dot dot = new Dot(actor, version.seq(actor) + 1);
    version = version.with(dot);
    ownWrites.put(dot.seq(), concerned);
    return dot;
  }

  /** What the writes concern that were named here, by their seq. */
  Map<Long, EntryKey> ownWrites() {
    return ownWrites;
  }

  /** What was set here: the documents, and the collections as such under epoch 0. */
  Set<EntryKey> touched() {
    return touched;
  }

  CollectionState state(String collection) {
    CollectionContent content = collections.get(collection);
    return content == null ? CollectionState.NEVER : content.state();
  }

  /** The collection, where it exists. */
  @Nullable CollectionContent existing(String collection) {
    return snapshot().existing(collection);
  }

  /** Sets a collection's state; one of another epoch than before drops all its documents. */
  boolean put(String collection, CollectionState state) {
    CollectionContent content = collections.get(collection);
    if (content != null && content.state().equals(state)) {
      return false;
    }
    touched.add(new EntryKey(collection, 0, null));
    if (content != null && content.state().epoch() == state.epoch()) {
      collections = collections.plus(collection, content.with(state));
      return true;
    }
    if (content != null) {
      content.documents().values().forEach(this::forget);
    }
    collections = collections.plus(collection, CollectionContent.empty(collection, state));
    return true;
  }

  /** Sets a document's state in a collection that exists. */
  void put(String collection, DocumentState document) {
    CollectionContent content = Objects.requireNonNull(existing(collection));
    DocumentState old = content.documents().get(document.uuid());
    if (old != null) {
      forget(old);
    }
    EntryKey key = new EntryKey(collection, content.state().epoch(), document.uuid());
    touched.add(key);
    for (DocumentVersion held : document.versions()) {
      live = live.plus(held.dot(), key);
    }
    collections = collections.plus(collection, content.with(document));
  }

  /** Merges what another node sent. Whether that changed anything here. */
  boolean merge(Entry entry) {
    return switch (entry) {
      case CollectionEntry collection ->
          put(collection.collection(), state(collection.collection()).merge(collection.state()));
      case DocumentEntry document -> merge(document);
    };
  }

  private boolean merge(DocumentEntry entry) {
    String collection = entry.collection();
    CollectionState state = state(collection);
    if (entry.epoch() < state.epoch()) {
      discarded += version.covers(entry.dots()) ? 0 : 1;
      return false;
    }
    put(collection, state.reaching(entry.epoch()));
    DocumentState held =
        Objects.requireNonNull(existing(collection)).documents().get(entry.state().uuid());
    DocumentState merged = held == null ? entry.state() : Merge.merge(held, entry.state());
    if (merged.equals(held)) {
      return false;
    }
    put(collection, merged);
    return true;
  }

  private void forget(DocumentState document) {
    for (DocumentVersion version : document.versions()) {
      live = live.minus(version.dot());
    }
  }
}
