package io.distri.node.db;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Whether a collection exists: how often it was created and dropped, and the newest named writes
 * that concern it as a whole.
 *
 * @param epoch odd while the collection exists, even after it was dropped; each creation and each
 *     drop adds one, the higher one wins
 * @param dot the write that led to this epoch, the greatest where several nodes made it; null where
 *     the node knows the epoch from a document only
 * @param writes the newest named writes of the collection: its creation, its drop, deletions by
 *     filter; {@value #REMEMBERED_WRITES} of them
 */
public record CollectionState(long epoch, @Nullable Dot dot, WriteMemory writes) {
  /**
   * How many named writes a collection remembers: more than a document, since all clients that
   * delete by a filter share it; not many more, since it travels whole when one is added.
   */
  static final int REMEMBERED_WRITES = 64;

  /** A name that was never used. */
  static final CollectionState NEVER = new CollectionState(0, null, WriteMemory.EMPTY);

  private static final Comparator<@Nullable Dot> GREATEST_DOT =
      Comparator.nullsFirst(Comparator.naturalOrder());

  public CollectionState {
    if (epoch < 0) {
      throw new IllegalArgumentException("an epoch counts from 0, not " + epoch);
    }
  }

  /** Whether the collection is there. */
  public boolean exists() {
    return epoch % 2 == 1;
  }

  /** What a node holds that knows of both: the higher epoch, and what either remembers. */
  CollectionState merge(CollectionState other) {
    WriteMemory memory = writes.merge(other.writes, REMEMBERED_WRITES);
    CollectionState newest = epoch >= other.epoch ? this : other;
    Dot representative =
        epoch == other.epoch && GREATEST_DOT.compare(dot, other.dot) < 0 ? other.dot : newest.dot;
    return new CollectionState(newest.epoch, representative, memory);
  }

  /** The state that a document of an epoch implies. */
  CollectionState reaching(long documentEpoch) {
    return documentEpoch > epoch ? new CollectionState(documentEpoch, null, writes) : this;
  }

  CollectionState remembering(RememberedWrite write) {
    return new CollectionState(epoch, dot, writes.with(write, REMEMBERED_WRITES));
  }

  /**
   * This without what nobody asks for any more, where the collection was dropped and every write
   * that led to it is covered. The epoch stays, so that no cursor is good for a later collection of
   * the same name.
   */
  CollectionState forgetting(VersionVector base) {
    boolean covered = (dot == null || base.covers(dot)) && writes.isCoveredBy(base);
    return exists() || !covered ? this : new CollectionState(epoch, null, WriteMemory.EMPTY);
  }

  /**
   * Whether a node that covers so much and holds {@code held} knows all this. What it covers and
   * doesn't hold is forgotten, and must not come back alone.
   */
  boolean isKnownTo(Coverage covered, CollectionState held) {
    return epoch <= held.epoch
        && (dot == null || covered.covers(dot))
        && writes.writes().stream().allMatch(write -> covered.covers(write.dot()));
  }

  /** Whether a node with this vector holds all that this state says. */
  boolean isCoveredBy(Coverage vector) {
    return (dot == null || vector.covers(dot))
        && writes.writes().stream().allMatch(write -> vector.covers(write.dot()));
  }

  /**
   * The write that a session which has seen this collection has to see from then on. None in the
   * first epoch: a node that hasn't heard of the collection then shows less of it, but nothing
   * outdated, and each node makes its initial collections by a write of its own.
   */
  VersionVector session() {
    return dot == null || epoch <= 1 ? VersionVector.EMPTY : VersionVector.of(dot);
  }
}
