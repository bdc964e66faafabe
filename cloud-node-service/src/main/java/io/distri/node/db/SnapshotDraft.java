package io.distri.node.db;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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
  private Coverage version;
  private TreePMap<String, CollectionContent> collections;
  private TreePMap<Dot, EntryKey> live;
  private PastBases past;
  private boolean anew;
  private long discarded;
  private final Map<Long, EntryKey> ownWrites = new LinkedHashMap<>();
  private final Set<EntryKey> touched = new LinkedHashSet<>();

  SnapshotDraft(Snapshot base) {
    this.version = base.version();
    this.collections = base.collections();
    this.live = base.live();
    this.past = base.past();
    this.discarded = base.discarded();
  }

  /** The base with all that was changed. */
  Snapshot snapshot() {
    return new Snapshot(version, collections, live, past, discarded);
  }

  Coverage version() {
    return version;
  }

  void cover(VersionVector vector) {
    version = version.merge(vector);
  }

  /** Covers what another node covers, and takes over its base. */
  void adopt(Coverage other) {
    cover(other.recent());
    cover(other.base());
    settle(other.base());
  }

  /** Takes over a base, all of which is covered. */
  void settle(VersionVector base) {
    Coverage before = version;
    version = version.onBase(base);
    if (!version.base().equals(before.base())) {
      past = past.with(before.base());
      List.copyOf(collections.values()).forEach(this::forgetDeleted);
    }
  }

  /** Whether this is the digest of an earlier base, in whose time less was forgotten. */
  boolean hasLeft(long baseDigest) {
    return baseDigest != version.baseDigest() && snapshot().base(baseDigest) != null;
  }

  private void forgetDeleted(CollectionContent content) {
    VersionVector base = version.base();
    CollectionContent kept = content.with(content.state().forgetting(base));
    for (DocumentState document : content.documents().values()) {
      if (document.isForgettable(base)) {
        forget(document);
        kept = kept.without(document);
      }
    }
    collections = collections.plus(content.name(), kept);
  }

  /** Drops all that is held; what follows takes its place. */
  void beginAnew() {
    version = Coverage.NOTHING;
    collections = TreePMap.empty();
    live = TreePMap.empty();
    touched.clear();
    anew = true;
  }

  boolean isAnew() {
    return anew;
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

  /** About what all collections take of the heap, in bytes. */
  long footprint() {
    return snapshot().footprint();
  }

  /** The collection, where it exists. */
  @Nullable CollectionContent existing(String collection) {
    return snapshot().existing(collection);
  }

  /** How many collections exist. */
  int existing() {
    return (int) collections.values().stream().filter(content -> content.state().exists()).count();
  }

  /** How many names of collections are remembered, those of dropped ones included. */
  int names() {
    return collections.size();
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
    return merge(entry, version);
  }

  /** Merges what another node holds, even if it is covered here. Whether that changed anything. */
  boolean repair(Entry entry) {
    return merge(entry, Coverage.NOTHING);
  }

  private boolean merge(Entry entry, Coverage known) {
    return switch (entry) {
      case CollectionEntry collection -> merge(collection, known);
      case DocumentEntry document -> merge(document, known);
    };
  }

  private boolean merge(CollectionEntry entry, Coverage known) {
    CollectionState held = state(entry.collection());
    return !entry.state().isKnownTo(known, held)
        && put(entry.collection(), held.merge(entry.state()));
  }

  private boolean merge(DocumentEntry entry, Coverage known) {
    String collection = entry.collection();
    CollectionState state = state(collection);
    if (entry.epoch() < state.epoch()) {
      discarded += version.covers(entry.dots()) ? 0 : 1;
      return false;
    }
    put(collection, state.reaching(entry.epoch()));
    DocumentState held =
        Objects.requireNonNull(existing(collection)).documents().get(entry.state().uuid());
    DocumentState unknown = entry.state().unknownTo(known, held);
    if (unknown == null) {
      return false;
    }
    DocumentState merged = held == null ? unknown : Merge.merge(held, unknown);
    if (merged.equals(held)) {
      return false;
    }
    put(collection, merged);
    return true;
  }

  /** Sets what is held to what the journal says was held. */
  void restore(Entry entry) {
    switch (entry) {
      case CollectionEntry collection -> put(collection.collection(), collection.state());
      case DocumentEntry document -> {
        put(document.collection(), state(document.collection()).reaching(document.epoch()));
        put(document.collection(), document.state());
      }
    }
  }

  private void forget(DocumentState document) {
    for (DocumentVersion version : document.versions()) {
      live = live.minus(version.dot());
    }
  }
}
