package io.distri.node.db;

import io.distri.node.db.ChangesOutcome.Changes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a collection between two moments, out of the later one's snapshot. Told is what
 * the snapshot's vector covers; what came ahead of the rest is told when that has come, too. So a
 * token needs no more than a vector.
 *
 * <p>It is good on every node that holds all of it. On one that doesn't, a document could be told
 * as it was before a write that the listener has seen, and that write not told again. And it is
 * good only as long as nothing was forgotten since: of a deletion in the base that the listener was
 * not told, no trace may be left.
 */
final class Feed {
  private static final Dot NO_WRITES = new Dot(Coverage.BASE, Long.MAX_VALUE);

  private Feed() {}

  /**
   * @param from null for all documents that are there
   */
  static ChangesOutcome changes(Snapshot snapshot, String collection, @Nullable FeedToken from) {
    CollectionContent content = snapshot.existing(collection);
    if (content == null) {
      return from == null
          ? new Refusal.UnknownCollection(collection)
          : new Refusal.CollectionDeleted(collection);
    }
    long epoch = content.state().epoch();
    if (from != null && from.epoch() != epoch) {
      return new Refusal.CollectionDeleted(collection);
    }
    Coverage seen = from == null ? Coverage.NOTHING : told(snapshot, from);
    if (seen == null || (from != null && !seen.covers(snapshot.version().base()))) {
      return new Refusal.ChangesForgotten(collection);
    }
    Coverage had = from == null || from.partly() ? Coverage.NOTHING : seen;
    return new Changes(
        () ->
            snapshot
                .liveBeyond(had)
                .flatMap(live -> change(snapshot, content, live, had).stream())
                .filter(
                    document -> document.winner().body() != null || isNews(document, from, seen))
                .map(document -> new ChangedDocument(document.uuid(), document.winner().body()))
                .iterator(),
        FeedToken.of(epoch, seen.merge(snapshot.version())));
  }

  /** Whether there is more than was told. */
  static boolean hasMore(Snapshot snapshot, FeedToken from) {
    Coverage told = told(snapshot, from);
    return told == null || !told.covers(snapshot.version());
  }

  /** What was told; null where the token rests on a base that is not known any more. */
  private static @Nullable Coverage told(Snapshot snapshot, FeedToken from) {
    VersionVector base = snapshot.base(from.base());
    VersionVector writes = from.seen().beyond(VersionVector.of(NO_WRITES));
    return base == null ? null : Coverage.of(base, writes);
  }

  /** Whether a deletion is of a document that the listener may have been told. */
  private static boolean isNews(DocumentState deleted, @Nullable FeedToken from, Coverage seen) {
    return from != null
        && deleted.versions().stream().anyMatch(version -> !seen.covers(version.dot()));
  }

  /** The document, at the first of its dots that count, so that it is told once. */
  private static Optional<DocumentState> change(
      Snapshot snapshot, CollectionContent content, Map.Entry<Dot, EntryKey> live, Coverage had) {
    String uuid = live.getValue().uuid();
    if (uuid == null || !live.getValue().collection().equals(content.name())) {
      return Optional.empty();
    }
    DocumentState document = Objects.requireNonNull(content.documents().get(uuid));
    return document.versions().stream()
        .map(DocumentVersion::dot)
        .filter(dot -> !had.covers(dot) && snapshot.version().covers(dot))
        .findFirst()
        .filter(live.getKey()::equals)
        .map(first -> document);
  }
}
