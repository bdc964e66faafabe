package io.distri.node.db;

import io.distri.node.db.filter.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What clients may write to documents, decided from what this node holds. Each method either
 * refuses and leaves the draft as it is, or does all that was asked. For one thread at a time.
 */
final class LocalWrites {
  private final LongSupplier actor;
  private final HlcClock clock;
  private final Quota quota;

  LocalWrites(LongSupplier actor, HlcClock clock, Quota quota) {
    this.actor = actor;
    this.clock = clock;
    this.quota = quota;
  }

  WriteOutcome add(SnapshotDraft draft, DocumentWrite write) {
    CollectionContent content = draft.existing(write.collection());
    if (content == null) {
      return new Refusal.UnknownCollection(write.collection());
    }
    DocumentState held = content.documents().get(write.uuid());
    Optional<RememberedWrite> known = known(held, write.name());
    if (known.isPresent()) {
      return repeated(known.get(), write);
    }
    DocumentBody present = held == null ? null : held.winner().body();
    if (held != null && present != null) {
      return present.equals(write.body()) || write.document().hasContentOf(present)
          ? new WriteOutcome.Existing(write.uuid(), held.session(), held.version())
          : new Refusal.UuidConflict(write.uuid());
    }
    return put(draft, write, held);
  }

  WriteOutcome update(SnapshotDraft draft, DocumentWrite write, @Nullable String ifVersion) {
    CollectionContent content = draft.existing(write.collection());
    if (content == null) {
      return new Refusal.UnknownCollection(write.collection());
    }
    DocumentState held = content.documents().get(write.uuid());
    Optional<RememberedWrite> known = known(held, write.name());
    if (known.isPresent()) {
      return repeated(known.get(), write);
    }
    String current = held == null || held.isDeleted() ? null : held.version();
    if (ifVersion != null && !ifVersion.equals(current)) {
      return new Refusal.VersionConflict(write.uuid(), current);
    }
    return put(draft, write, held);
  }

  /**
   * Deletes those of the candidates that still satisfy the filter. A named deletion of a single
   * document by its UUID is remembered with the document, any other one with the collection.
   *
   * @param candidates what satisfied the filter a moment ago: finding them may take long, so it is
   *     not done here, while all other writes wait
   */
  DeleteOutcome delete(
      SnapshotDraft draft,
      String collection,
      Filter filter,
      List<DocumentState> candidates,
      @Nullable WriteName name) {
    CollectionContent content = draft.existing(collection);
    if (content == null) {
      return new Refusal.UnknownCollection(collection);
    }
    Optional<RememberedWrite> known =
        filter
            .exactUuid()
            .flatMap(uuid -> known(content.documents().get(uuid), name))
            .or(() -> content.state().writes().find(name));
    if (known.isPresent()) {
      return known.get().answers(name)
          ? new DeleteOutcome.Deleted(known.get().affected(), VersionVector.of(known.get().dot()))
          : new Refusal.WriteIdConflict(known.get().id());
    }
    List<DocumentState> matches = new ArrayList<>();
    for (DocumentState candidate : candidates) {
      DocumentState held = content.documents().get(candidate.uuid());
      if (held != null && (held.equals(candidate) || Reading.matches(held, filter))) {
        matches.add(held);
      }
    }
    if (matches.isEmpty() && name == null) {
      return new DeleteOutcome.Deleted(0, VersionVector.EMPTY);
    }
    return switch (clock.tick()) {
      case HlcClock.Ahead ahead -> new Refusal.ClockAhead(ahead.lead());
      case HlcClock.Stamp stamp -> delete(draft, content, filter, matches, name, stamp.hlc());
    };
  }

  private DeleteOutcome delete(
      SnapshotDraft draft,
      CollectionContent content,
      Filter filter,
      List<DocumentState> matches,
      @Nullable WriteName name,
      long hlc) {
    boolean single = filter.exactUuid().isPresent() && matches.size() == 1;
    WriteName ofDocument = single ? name : null;
    WriteName ofCollection = single ? null : name;
    for (DocumentState document : matches) {
      EntryKey key = new EntryKey(content.name(), content.state().epoch(), document.uuid());
      Dot dot = draft.nextDot(actor.getAsLong(), key);
      draft.put(
          content.name(),
          DocumentState.written(document, document.uuid(), dot, hlc, null, ofDocument));
    }
    if (ofCollection != null) {
      // The last dot of the deletion, so that a session that covers it covers the tombstones too.
      EntryKey key = new EntryKey(content.name(), content.state().epoch(), null);
      RememberedWrite write =
          ofCollection.remember(draft.nextDot(actor.getAsLong(), key), hlc, matches.size());
      draft.put(content.name(), content.state().remembering(write));
    }
    Dot last = new Dot(actor.getAsLong(), draft.version().seq(actor.getAsLong()));
    return new DeleteOutcome.Deleted(matches.size(), VersionVector.of(last));
  }

  private WriteOutcome put(SnapshotDraft draft, DocumentWrite write, @Nullable DocumentState held) {
    long before = held == null ? -Quota.BOOKKEEPING_BYTES : held.bodyBytes();
    if (!quota.takes(draft.footprint(), write.body().sizeBytes() - before)) {
      return new Refusal.DbFull();
    }
    return switch (clock.tick()) {
      case HlcClock.Ahead ahead -> new Refusal.ClockAhead(ahead.lead());
      case HlcClock.Stamp stamp -> {
        long epoch = draft.state(write.collection()).epoch();
        Dot dot =
            draft.nextDot(actor.getAsLong(), new EntryKey(write.collection(), epoch, write.uuid()));
        DocumentState written =
            DocumentState.written(held, write.uuid(), dot, stamp.hlc(), write.body(), write.name());
        draft.put(write.collection(), written);
        yield new Written(write.uuid(), dot, written.version());
      }
    };
  }

  private static Optional<RememberedWrite> known(
      @Nullable DocumentState document, @Nullable WriteName name) {
    return document == null ? Optional.empty() : document.writes().find(name);
  }

  private static WriteOutcome repeated(RememberedWrite known, DocumentWrite write) {
    return known.answers(write.name())
        ? new Written(write.uuid(), known.dot(), DocumentState.version(known))
        : new Refusal.WriteIdConflict(known.id());
  }
}
