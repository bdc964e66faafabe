package io.distri.node.db;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * All that a node holds at one moment. Immutable; the next one shares with it whatever did not
 * change, so that keeping one for a long read or a transfer costs little.
 *
 * @param version the writes that are in here, or were replaced by some that are
 * @param collections by name, dropped ones included
 * @param live the document of each version that nothing replaced, so that what a node with another
 *     vector lacks is found without looking at the rest
 * @param past the bases before this one
 * @param discarded how many documents that were new here arrived for a collection that had been
 *     dropped
 */
record Snapshot(
    Coverage version,
    TreePMap<String, CollectionContent> collections,
    TreePMap<Dot, EntryKey> live,
    PastBases past,
    long discarded) {
  static final Snapshot EMPTY =
      new Snapshot(Coverage.NOTHING, TreePMap.empty(), TreePMap.empty(), PastBases.NONE, 0);

  /** The collection, where it exists. */
  @Nullable CollectionContent existing(String collection) {
    CollectionContent content = collections.get(collection);
    return content != null && content.state().exists() ? content : null;
  }

  /** What is held of the document under the key; null where its collection has moved on. */
  @Nullable DocumentState document(EntryKey key) {
    CollectionContent content = collections.get(key.collection());
    return content == null || content.state().epoch() != key.epoch()
        ? null
        : content.documents().get(Objects.requireNonNull(key.uuid()));
  }

  /** What is held under the key; its collection, where the document went with an epoch of that. */
  Entry entry(EntryKey key) {
    DocumentState document = key.uuid() == null ? null : document(key);
    return document != null
        ? new DocumentEntry(key.collection(), key.epoch(), document)
        : new CollectionEntry(
            key.collection(), Objects.requireNonNull(collections.get(key.collection())).state());
  }

  /**
   * The writes that a session which has seen all of this has to see from then on. More than the
   * vector where a state came from another node ahead of the rest of what that node holds.
   */
  VersionVector session() {
    VersionVector session = version.recent();
    for (CollectionContent content : collections.values()) {
      session = session.merge(content.state().session());
    }
    Dot next = live.isEmpty() ? null : live.firstKey();
    while (next != null) {
      Dot endOfActor = new Dot(next.actor(), Long.MAX_VALUE);
      session = session.with(Objects.requireNonNull(live.floorKey(endOfActor)));
      next = live.higherKey(endOfActor);
    }
    return version.session(session);
  }

  /** The live dots that a node with the vector lacks, in order, found as they are asked for. */
  Stream<Map.Entry<Dot, EntryKey>> liveBeyond(Coverage vector) {
    return Stream.iterate(
        live.isEmpty() ? null : firstBeyond(vector, live.firstEntry()),
        Objects::nonNull,
        at -> firstBeyond(vector, live.higherEntry(at.getKey())));
  }

  private Map.@Nullable Entry<Dot, EntryKey> firstBeyond(
      Coverage vector, Map.@Nullable Entry<Dot, EntryKey> from) {
    Map.Entry<Dot, EntryKey> at = from;
    while (at != null && vector.covers(at.getKey())) {
      long actor = at.getKey().actor();
      at = live.higherEntry(new Dot(actor, vector.seq(actor)));
    }
    return at;
  }

  /** The base of a digest; null where it is neither the present one nor one of the last. */
  @Nullable VersionVector base(long digest) {
    if (digest == version.baseDigest()) {
      return version.base();
    }
    return digest == 0 ? VersionVector.EMPTY : past.find(digest);
  }

  /** About what all collections take of the heap, in bytes. */
  long footprint() {
    long bytes = 0;
    for (CollectionContent content : collections.values()) {
      bytes += content.footprint();
    }
    return bytes;
  }

  /** How many unresolved versions the document has that has the most, the winner not counted. */
  int mostSiblings() {
    return collections.values().stream()
        .filter(content -> content.conflicted() > 0)
        .flatMap(content -> content.documents().values().stream())
        .mapToInt(document -> document.siblings().size())
        .max()
        .orElse(0);
  }

  Holding holding() {
    long digest = 0;
    for (CollectionContent content : collections.values()) {
      long state = Mix.of(content.name().hashCode()) + content.state().epoch();
      for (RememberedWrite write : content.state().writes().writes()) {
        state += Mix.of(write.dot().actor() + Mix.of(write.dot().seq()));
      }
      digest += Mix.of(Mix.of(state) + content.digest());
    }
    return new Holding(version.recent(), version.baseDigest(), digest);
  }

  List<CollectionSummary> summaries() {
    return collections.values().stream()
        .filter(content -> content.state().exists())
        .map(CollectionContent::summary)
        .toList();
  }
}
