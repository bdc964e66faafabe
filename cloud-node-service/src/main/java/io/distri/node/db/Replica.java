package io.distri.node.db;

import io.distri.node.db.filter.Filter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The document DB of one start of a node, in memory, with a journal of its changes.
 *
 * <p>Everything it holds is one immutable {@link Snapshot} behind a reference. A change prepares
 * the next snapshot and publishes it whole when the journal has it (see {@link Commits}); a reader
 * takes the present one and never waits. The heap grows with what is held: the documents, and for
 * each about 400 bytes of bookkeeping, 650 where the client named its write.
 */
public final class Replica implements DocumentStore {
  private final long actor;
  private final HlcClock clock;
  private final Supplier<String> uuids;
  private final LocalWrites localWrites;
  private final CollectionWrites collectionWrites;
  private final OwnWrites ownWrites = new OwnWrites();
  private final AtomicReference<Snapshot> current = new AtomicReference<>(Snapshot.EMPTY);
  private final SessionGate sessions = new SessionGate(current);
  private final Commits commits;

  /**
   * A DB with what the journal holds.
   *
   * @param actor a random number that no start of any node has used before
   * @param clock the node's timestamps
   * @param uuids UUIDs for documents that come without
   * @param initialCollections to create where they never were; a drop that this node or another
   *     knows of wins over this
   * @param journal of this node's earlier starts and of this one
   * @throws StorageException where the initial collections can't be written
   */
  public Replica(
      long actor,
      HlcClock clock,
      Supplier<String> uuids,
      Collection<String> initialCollections,
      Journal journal) {
    this.actor = actor;
    this.clock = clock;
    this.uuids = uuids;
    this.localWrites = new LocalWrites(actor, clock);
    this.collectionWrites = new CollectionWrites(actor, clock);
    journal.replay(this::replay);
    this.commits = new Commits(journal, clock, ownWrites, current, sessions::advanced);
    initialCollections.stream().filter(this::isNew).forEach(name -> createCollection(name, null));
  }

  @Override
  public CreateOutcome createCollection(String name, @Nullable String writeId) {
    CollectionName.checked(name);
    WriteName write = WriteName.of(writeId, () -> CollectionWrites.CREATE);
    return change(draft -> collectionWrites.create(draft, name, write));
  }

  @Override
  public DropOutcome deleteCollection(String name, @Nullable String writeId) {
    WriteName write = WriteName.of(writeId, () -> CollectionWrites.DROP);
    return change(draft -> collectionWrites.drop(draft, name, write));
  }

  @Override
  public WriteOutcome add(String collection, Document document, @Nullable String writeId) {
    DocumentWrite write = DocumentWrite.add(collection, document, writeId, uuids);
    return change(draft -> localWrites.add(draft, write));
  }

  @Override
  public WriteOutcome update(
      String collection, Document document, @Nullable String ifVersion, @Nullable String writeId) {
    DocumentWrite write = DocumentWrite.update(collection, document, writeId);
    return change(draft -> localWrites.update(draft, write, ifVersion));
  }

  @Override
  public DeleteOutcome delete(String collection, Filter filter, @Nullable String writeId) {
    WriteName write = WriteName.of(writeId, filter::digest);
    CollectionContent content = current.get().existing(collection);
    List<DocumentState> candidates =
        content == null ? List.of() : Reading.matches(content, filter, null).toList();
    return change(draft -> localWrites.delete(draft, collection, filter, candidates, write));
  }

  @Override
  public ReadOutcome read(Query query) {
    return Reading.read(current.get(), query);
  }

  @Override
  public boolean await(VersionVector session, Duration atMost) throws InterruptedException {
    return sessions.await(session, atMost);
  }

  @Override
  public ChangesOutcome changes(String collection, @Nullable FeedToken from) {
    return Feed.changes(current.get(), collection, from);
  }

  @Override
  public boolean awaitMore(VersionVector known, Duration atMost) throws InterruptedException {
    return sessions.awaitMore(known, atMost);
  }

  @Override
  public VersionVector version() {
    return current.get().version();
  }

  @Override
  public Holding holding() {
    return current.get().holding();
  }

  @Override
  public List<CollectionSummary> collections() {
    return current.get().summaries();
  }

  @Override
  public long discarded() {
    return current.get().discarded();
  }

  @Override
  public boolean takesWrites() {
    return commits.broken() == null;
  }

  @Override
  public long actor() {
    return actor;
  }

  @Override
  public RecentWrites recentWrites(long after, int maxEntries, long maxBytes) {
    return ownWrites.after(after, actor, current.get(), maxEntries, maxBytes);
  }

  @Override
  public Delta delta(VersionVector peerHas) {
    return new Delta(current.get(), peerHas);
  }

  @Override
  public ApplyOutcome apply(Collection<Entry> entries) {
    return change(draft -> merge(draft, entries, true));
  }

  @Override
  public ApplyOutcome apply(Push push) {
    return change(draft -> {
      boolean joined = push.from() <= draft.version().seq(push.actor());
      checkOwn(draft, VersionVector.of(push.end()));
      ApplyOutcome outcome = merge(draft, push.entries(), joined);
      if (joined && outcome instanceof ApplyOutcome.Applied) {
        draft.cover(VersionVector.of(push.end()));
      }
      return outcome;
    });
  }

  @Override
  public void adopt(VersionVector version) {
    change(draft -> {
      checkOwn(draft, version);
      draft.cover(version);
      return version;
    });
  }

  /** The present snapshot, for tests of what is inside. */
  Snapshot snapshot() {
    return current.get();
  }

  private ApplyOutcome merge(SnapshotDraft draft, Collection<Entry> entries, boolean joined) {
    entries.forEach(entry -> checkOwn(draft, entry.dots()));
    long newest = entries.stream().mapToLong(Entry::newestHlc).max().orElse(0);
    return switch (clock.observe(newest)) {
      case HlcClock.Ahead ahead -> new ApplyOutcome.HeldBack(ahead.lead());
      case HlcClock.Stamp stamp -> {
        int changed = 0;
        for (Entry entry : entries) {
          changed += draft.merge(entry) ? 1 : 0;
        }
        yield new ApplyOutcome.Applied(changed, joined);
      }
    };
  }

  /** A write of this actor that it didn't make would give its next write a name that is taken. */
  private void checkOwn(SnapshotDraft draft, VersionVector named) {
    if (named.seq(actor) > draft.version().seq(actor)) {
      throw new IllegalArgumentException("another node writes under this node's actor");
    }
  }

  private boolean isNew(String collection) {
    CollectionContent content = current.get().collections().get(collection);
    return content == null || content.state().epoch() == 0;
  }

  /** Before any other use. */
  private void replay(JournalRecord record) {
    SnapshotDraft draft = new SnapshotDraft(current.get());
    record.entries().forEach(draft::merge);
    draft.cover(record.version());
    current.set(draft.snapshot());
    clock.resume(record.hlc());
  }

  private <T> T change(Function<SnapshotDraft, T> change) {
    return commits.change(change);
  }
}
