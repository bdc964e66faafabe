package io.distri.node.db;

import io.distri.node.db.json.ContentDigest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What clients may do to collections as a whole, decided from what this node holds. Each method
 * either refuses and leaves the draft as it is, or does what was asked. For one thread at a time.
 */
final class CollectionWrites {
  private static final ContentDigest CREATE = digest("create");
  private static final ContentDigest DROP = digest("drop");

  private final long actor;
  private final HlcClock clock;

  CollectionWrites(long actor, HlcClock clock) {
    this.actor = actor;
    this.clock = clock;
  }

  CreateOutcome create(SnapshotDraft draft, String name, @Nullable String writeId) {
    CollectionState state = draft.state(name);
    Optional<RememberedWrite> known = state.writes().find(writeId);
    if (known.isPresent()) {
      return known.get().digest().equals(CREATE)
          ? new CreateOutcome.Created(VersionVector.of(known.get().dot()))
          : new Refusal.WriteIdConflict(known.get().id());
    }
    if (state.exists()) {
      return new CreateOutcome.Exists(state.session());
    }
    return switch (clock.tick()) {
      case HlcClock.Ahead ahead -> new Refusal.ClockAhead(ahead.lead());
      case HlcClock.Stamp stamp ->
          new CreateOutcome.Created(advance(draft, name, writeId, CREATE, stamp.hlc()));
    };
  }

  DropOutcome drop(SnapshotDraft draft, String name, @Nullable String writeId) {
    CollectionState state = draft.state(name);
    Optional<RememberedWrite> known = state.writes().find(writeId);
    if (known.isPresent()) {
      return known.get().digest().equals(DROP)
          ? new DropOutcome.Dropped(VersionVector.of(known.get().dot()))
          : new Refusal.WriteIdConflict(known.get().id());
    }
    if (!state.exists()) {
      return new Refusal.UnknownCollection(name);
    }
    return switch (clock.tick()) {
      case HlcClock.Ahead ahead -> new Refusal.ClockAhead(ahead.lead());
      case HlcClock.Stamp stamp ->
          new DropOutcome.Dropped(advance(draft, name, writeId, DROP, stamp.hlc()));
    };
  }

  /** Takes the collection to its next epoch. */
  private VersionVector advance(
      SnapshotDraft draft, String name, @Nullable String writeId, ContentDigest digest, long hlc) {
    CollectionState state = draft.state(name);
    long epoch = state.epoch() + 1;
    Dot dot = draft.nextDot(actor, new EntryKey(name, epoch, null));
    CollectionState next = new CollectionState(epoch, dot, state.writes());
    if (writeId != null) {
      int documents = 0;
      next = next.remembering(new RememberedWrite(writeId, digest, dot, hlc, documents));
    }
    draft.put(name, next);
    return VersionVector.of(dot);
  }

  private static ContentDigest digest(String operation) {
    return ContentDigest.of(operation.getBytes(StandardCharsets.UTF_8));
  }
}
