package io.distri.node.db;

import io.distri.node.db.filter.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The evaluation of queries on a snapshot. */
final class Reading {
  private Reading() {}

  static ReadOutcome read(Snapshot snapshot, Query query, Pace pace) {
    CollectionContent content = snapshot.existing(query.collection());
    Cursor cursor = query.cursor();
    if (cursor != null && (content == null || content.state().epoch() != cursor.epoch())) {
      return new Refusal.CollectionDeleted(query.collection());
    }
    if (content == null) {
      return new Refusal.UnknownCollection(query.collection());
    }
    VersionVector session = session(snapshot, content, query.filter());
    if (query.limit() == Query.UNLIMITED) {
      return new ReadOutcome.Found(
          () -> matches(content, query.filter(), cursor, pace).map(StoredDocument::new).iterator(),
          null,
          session);
    }
    return page(content, query, session, pace);
  }

  /** The documents that reads find and that satisfy the filter, by UUID, found as they are read. */
  static Stream<DocumentState> matches(
      CollectionContent content, Filter filter, @Nullable Cursor cursor, Pace pace) {
    Optional<String> uuid = filter.exactUuid();
    if (uuid.isPresent()) {
      DocumentState document = content.documents().get(uuid.get());
      boolean passed = cursor != null && cursor.after().compareTo(uuid.get()) >= 0;
      return document == null || document.isDeleted() || passed
          ? Stream.empty()
          : Stream.of(document);
    }
    Collection<DocumentState> documents =
        cursor == null
            ? content.documents().values()
            : content.documents().tailMap(cursor.after(), false).values();
    Stream<DocumentState> found = documents.stream().filter(document -> !document.isDeleted());
    return filter.isEmpty()
        ? found
        : found.filter(document -> {
          pace.next();
          return matches(document, filter);
        });
  }

  /** Whether reads find the document under the filter. */
  static boolean matches(DocumentState document, Filter filter) {
    DocumentBody body = document.winner().body();
    return body != null && filter.matches(body.tree());
  }

  /**
   * Looks one document further than the limit, since the answer says first whether there is more.
   */
  private static ReadOutcome page(
      CollectionContent content, Query query, VersionVector session, Pace pace) {
    Iterator<DocumentState> matches =
        matches(content, query.filter(), query.cursor(), pace).iterator();
    List<StoredDocument> page = new ArrayList<>();
    while (page.size() < query.limit() && matches.hasNext()) {
      page.add(new StoredDocument(matches.next()));
    }
    Cursor next = null;
    if (matches.hasNext()) {
      VersionVector first = query.cursor() == null ? session : query.cursor().session();
      next = Cursor.after(page.getLast().uuid(), query, content.state().epoch(), first);
    }
    return new ReadOutcome.Found(List.copyOf(page), next, session);
  }

  /** A read of a single document has seen that document, any other read the whole snapshot. */
  private static VersionVector session(
      Snapshot snapshot, CollectionContent content, Filter filter) {
    Optional<String> uuid = filter.exactUuid();
    if (uuid.isEmpty()) {
      return snapshot.session();
    }
    VersionVector session = content.state().session();
    DocumentState document = content.documents().get(uuid.get());
    return document == null ? session : session.merge(document.session());
  }
}
