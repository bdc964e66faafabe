package io.distri.node.db;

import io.distri.node.db.filter.Filter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The document DB of one node: what clients write and read, and what nodes exchange.
 *
 * <p>Thread-safe. Writes and merges happen one at a time; reads see a snapshot and wait for nobody.
 * Only {@link #await} blocks on purpose. Input that isn't acceptable is an {@link
 * io.distri.node.db.json.InvalidInputException}, a change that the disk doesn't take a {@link
 * StorageException}; whatever else can be expected is an outcome.
 *
 * <p>A {@code writeId} is the client's name for a write (null where it gave none): the same write
 * again, at any node that has heard of the first, changes nothing and answers the same.
 */
public interface DocumentStore {

  /** Creates a collection, where it isn't there; the DB may have any number of them. */
  default CreateOutcome createCollection(String name, @Nullable String writeId) {
    return createCollection(name, Integer.MAX_VALUE, writeId);
  }

  /**
   * Creates a collection, where it isn't there.
   *
   * @param most how many there may be, and ten times as many names, those of dropped ones included
   */
  CreateOutcome createCollection(String name, int most, @Nullable String writeId);

  /** Drops a collection with all documents in it, those that other nodes add meanwhile too. */
  DropOutcome deleteCollection(String name, @Nullable String writeId);

  /** Adds a document, where there is none of its UUID. */
  WriteOutcome add(String collection, Document document, @Nullable String writeId);

  /**
   * Replaces a document with all its conflicting versions, or adds it where there is none.
   *
   * @param ifVersion the version that must be there; null where any will do, or none
   */
  WriteOutcome update(
      String collection, Document document, @Nullable String ifVersion, @Nullable String writeId);

  /**
   * Deletes every document that satisfies the filter now, on this node.
   *
   * @param pace of finding them
   */
  DeleteOutcome delete(String collection, Filter filter, @Nullable String writeId, Pace pace);

  /**
   * Reads documents out of the present snapshot.
   *
   * @param pace of finding them, which goes on while those that were found are taken
   */
  ReadOutcome read(Query query, Pace pace);

  /** Deletes documents as fast as it goes. */
  default DeleteOutcome delete(String collection, Filter filter, @Nullable String writeId) {
    return delete(collection, filter, writeId, Pace.UNHURRIED);
  }

  /** Reads documents as fast as it goes. */
  default ReadOutcome read(Query query) {
    return read(query, Pace.UNHURRIED);
  }

  /**
   * Waits until this node holds all that a session has seen.
   *
   * @return whether it does, in time
   */
  boolean await(VersionVector session, Duration atMost) throws InterruptedException;

  /**
   * What changed in a collection since a moment.
   *
   * @param from what this node covers, see {@link #await}; null for all documents that are there
   */
  ChangesOutcome changes(String collection, @Nullable FeedToken from);

  /**
   * Waits until there is more than was told up to the token.
   *
   * @return whether there is, in time
   */
  boolean awaitMore(FeedToken told, Duration atMost) throws InterruptedException;

  /** The writes whose effect this node holds. */
  Coverage version();

  /** What this node holds, to compare with others. */
  Holding holding();

  /** The collections that exist, by name. */
  List<CollectionSummary> collections();

  /** About how many bytes of the heap documents take, with what is kept beside them. */
  long usedBytes();

  /** How many they may take. */
  long maxBytes();

  /** How many unresolved versions the document has that has the most; looks at all documents. */
  int mostSiblings();

  /** How many new documents came from other nodes for a collection that had been dropped. */
  long discarded();

  /** Whether changes are taken: no more, until the next start, once the disk has failed. */
  boolean takesWrites();

  /** The number that names this node's writes. */
  long actor();

  /**
   * This node's own writes after a point, as it holds their subjects now.
   *
   * @param after the last of this node's seqs that the other has
   * @param maxEntries how many entries at most, from 1 on
   * @param maxBytes how many bytes of entries at most, unless a single entry has more
   */
  RecentWrites recentWrites(long after, int maxEntries, long maxBytes);

  /** All that a node with the vector lacks. */
  Delta delta(Coverage peerHas);

  /**
   * Merges entries, of a delta's page or otherwise; the vector stays.
   *
   * @throws IllegalArgumentException where they name writes of this node that it didn't make;
   *     nothing is merged then
   */
  ApplyOutcome apply(Collection<Entry> entries);

  /**
   * Merges entries even where they say of writes that this node covers what it doesn't hold: it has
   * lost that.
   */
  ApplyOutcome repair(Collection<Entry> entries);

  /** Merges a push, and where it joins on covers its range. Throws as {@link #apply} does. */
  ApplyOutcome apply(Push push);

  /**
   * Covers what a delta's sender holds, after every page of that delta was merged.
   *
   * @throws IllegalArgumentException where it names writes of this node that it didn't make
   */
  void adopt(Coverage version);

  /**
   * Takes over what every member holds, see {@link Coverage}; changes nothing where this node does
   * not hold all of it.
   *
   * @return whether it does
   */
  boolean settle(VersionVector base);

  /**
   * Takes all that another node holds in place of what this one holds, which is from before what
   * every member holds: what it has and the others forgot must not come back. Its writes that they
   * don't have are put in a file beside its data. From then on it writes under another actor.
   *
   * @param newActor a random number that no start of any node has used before
   */
  ApplyOutcome startAnew(long newActor, List<Entry> entries, Coverage version);

  /** How many writes {@link #startAnew} put aside. */
  long quarantined();

  /** The base of a digest; null where it is neither this node's nor one that it had lately. */
  @Nullable VersionVector base(long digest);
}
