package io.distri.node.db;

import io.distri.node.db.json.ContentDigest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What clients may do to collections as a whole, decided from what this node holds. Each method
 * either refuses and leaves the draft as it is, or does what was asked. For one thread at a time.
 */
final class CollectionWrites {
  static final ContentDigest CREATE = digest("create");
  static final ContentDigest DROP = digest("drop");

  /**
   * Names that are remembered for each collection that may be there: a deleted one leaves its name
   * behind, so that no write of a node that was away brings it back.
   */
  static final int NAMES = 10;

  private final LongSupplier actor;
  private final HlcClock clock;
  private final Quota quota;

  CollectionWrites(LongSupplier actor, HlcClock clock, Quota quota) {
    this.actor = actor;
    this.clock = clock;
    this.quota = quota;
  }

  CreateOutcome create(SnapshotDraft draft, String collection, int most, @Nullable WriteName name) {
    CollectionState state = draft.state(collection);
    Optional<RememberedWrite> known = state.writes().find(name);
    if (known.isPresent()) {
      return known.get().answers(name)
          ? new CreateOutcome.Created(VersionVector.of(known.get().dot()))
          : new Refusal.WriteIdConflict(known.get().id());
    }
    if (state.exists()) {
      return new CreateOutcome.Exists(state.session());
    }
    if (draft.existing() >= most) {
      return new Refusal.TooManyCollections(most);
    }
    if (state.epoch() == 0 && draft.names() >= (long) NAMES * most) {
      return new Refusal.TooManyNames(draft.names());
    }
    if (!quota.takes(draft.footprint(), Quota.COLLECTION_BYTES)) {
      return new Refusal.DbFull();
    }
    return switch (clock.tick()) {
      case HlcClock.Ahead ahead -> new Refusal.ClockAhead(ahead.lead());
      case HlcClock.Stamp stamp ->
          new CreateOutcome.Created(advance(draft, collection, name, stamp.hlc()));
    };
  }

  DropOutcome drop(SnapshotDraft draft, String collection, @Nullable WriteName name) {
    CollectionState state = draft.state(collection);
    Optional<RememberedWrite> known = state.writes().find(name);
    if (known.isPresent()) {
      return known.get().answers(name)
          ? new DropOutcome.Dropped(VersionVector.of(known.get().dot()))
          : new Refusal.WriteIdConflict(known.get().id());
    }
    if (!state.exists()) {
      return new Refusal.UnknownCollection(collection);
    }
    return switch (clock.tick()) {
      case HlcClock.Ahead ahead -> new Refusal.ClockAhead(ahead.lead());
      case HlcClock.Stamp stamp ->
          new DropOutcome.Dropped(advance(draft, collection, name, stamp.hlc()));
    };
  }

  /** Takes the collection to its next epoch. */
  private VersionVector advance(
      SnapshotDraft draft, String collection, @Nullable WriteName name, long hlc) {
    CollectionState state = draft.state(collection);
    long epoch = state.epoch() + 1;
    Dot dot = draft.nextDot(actor.getAsLong(), new EntryKey(collection, epoch, null));
    CollectionState next = new CollectionState(epoch, dot, state.writes());
    if (name != null) {
      next = next.remembering(name.remember(dot, hlc, 0));
    }
    draft.put(collection, next);
    return VersionVector.of(dot);
  }

  private static ContentDigest digest(String operation) {
    return ContentDigest.of(operation.getBytes(StandardCharsets.UTF_8));
  }
}
