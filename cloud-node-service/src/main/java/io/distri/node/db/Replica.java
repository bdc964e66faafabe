package io.distri.node.db;

import io.distri.node.db.filter.Filter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The document DB of one start of a node, in memory, with a journal of its changes.
 *
 * <p>Everything it holds is one immutable {@link Snapshot} behind a reference. A change prepares
 * the next snapshot and publishes it whole when the journal has it (see {@link Commits}); a reader
 * takes the present one and never waits. The heap grows with what is held, up to a quota: the
 * documents, and for each about 400 bytes of bookkeeping, 650 where the client named its write.
 */
public final class Replica implements DocumentStore {
  private static final Logger log = LoggerFactory.getLogger(Replica.class);

  private final Collection<String> initialCollections;
  private final Journal journal;
  private final Quota quota;
  private volatile long actor;
  private final AtomicLong quarantined = new AtomicLong();
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
   * @param quota of what clients write, not of what the journal holds
   * @throws StorageException where the initial collections can't be written
   */
  public Replica(
      long actor,
      HlcClock clock,
      Supplier<String> uuids,
      Collection<String> initialCollections,
      Journal journal,
      Quota quota) {
    this.actor = actor;
    this.clock = clock;
    this.uuids = uuids;
    this.initialCollections = List.copyOf(initialCollections);
    this.journal = journal;
    this.quota = quota;
    this.localWrites = new LocalWrites(this::actor, clock, quota);
    this.collectionWrites = new CollectionWrites(this::actor, clock, quota);
    journal.replay(this::replay);
    this.commits = new Commits(journal, clock, ownWrites, current, sessions::advanced);
    createInitialCollections();
  }

  /** A DB that may take as much as there is. */
  public Replica(
      long actor,
      HlcClock clock,
      Supplier<String> uuids,
      Collection<String> initialCollections,
      Journal journal) {
    this(actor, clock, uuids, initialCollections, journal, Quota.NONE);
  }

  @Override
  public CreateOutcome createCollection(String name, int most, @Nullable String writeId) {
    CollectionName.checked(name);
    WriteName write = WriteName.of(writeId, () -> CollectionWrites.CREATE);
    return change(draft -> collectionWrites.create(draft, name, most, write));
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
  public DeleteOutcome delete(
      String collection, Filter filter, @Nullable String writeId, Pace pace) {
    WriteName write = WriteName.of(writeId, filter::digest);
    CollectionContent content = current.get().existing(collection);
    List<DocumentState> candidates =
        content == null ? List.of() : Reading.matches(content, filter, null, pace).toList();
    return change(draft -> localWrites.delete(draft, collection, filter, candidates, write));
  }

  @Override
  public ReadOutcome read(Query query, Pace pace) {
    return Reading.read(current.get(), query, pace);
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
  public boolean awaitMore(FeedToken told, Duration atMost) throws InterruptedException {
    return sessions.awaitMore(told, atMost);
  }

  @Override
  public Coverage version() {
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
  public long usedBytes() {
    return current.get().footprint();
  }

  @Override
  public long maxBytes() {
    return quota.maxBytes();
  }

  @Override
  public int mostSiblings() {
    return current.get().mostSiblings();
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
  public Delta delta(Coverage peerHas) {
    return new Delta(current.get(), peerHas);
  }

  @Override
  public ApplyOutcome apply(Collection<Entry> entries) {
    return change(draft -> merge(entries, draft, draft::merge, true));
  }

  @Override
  public ApplyOutcome repair(Collection<Entry> entries) {
    return change(draft -> merge(entries, draft, draft::repair, true));
  }

  @Override
  public ApplyOutcome apply(Push push) {
    return change(draft -> {
      boolean joined = joinsOn(push, draft);
      checkOwn(draft, VersionVector.of(push.end()));
      ApplyOutcome outcome = merge(push.entries(), draft, draft::merge, joined);
      if (joined && outcome instanceof ApplyOutcome.Applied) {
        draft.cover(VersionVector.of(push.end()));
      }
      return outcome;
    });
  }

  /** Whether a push leaves out nothing that this node doesn't have. */
  private static boolean joinsOn(Push push, SnapshotDraft draft) {
    return push.from() == 0
        || (push.from() <= draft.version().seq(push.actor()) && !draft.hasLeft(push.base()));
  }

  @Override
  public void adopt(Coverage version) {
    change(draft -> {
      if (version.seq(actor) > draft.version().seq(actor)) {
        throw foreign();
      }
      draft.adopt(version);
      return version;
    });
  }

  @Override
  public boolean settle(VersionVector base) {
    return change(draft -> {
      if (!draft.version().covers(base)) {
        return false;
      }
      draft.settle(base);
      return true;
    });
  }

  @Override
  public ApplyOutcome startAnew(long newActor, List<Entry> entries, Coverage version) {
    ApplyOutcome outcome = change(draft -> startAnew(draft, newActor, entries, version));
    if (outcome instanceof ApplyOutcome.Applied) {
      createInitialCollections();
    }
    return outcome;
  }

  private ApplyOutcome startAnew(
      SnapshotDraft draft, long newActor, List<Entry> entries, Coverage version) {
    return switch (observe(entries)) {
      case HlcClock.Ahead ahead -> new ApplyOutcome.HeldBack(ahead.lead());
      case HlcClock.Stamp stamp -> {
        setAside(Quarantine.lines(draft.snapshot(), version));
        draft.beginAnew();
        entries.forEach(draft::merge);
        draft.adopt(version);
        actor = newActor;
        ownWrites.clear();
        yield new ApplyOutcome.Applied(entries.size(), true);
      }
    };
  }

  private void setAside(List<byte[]> lines) {
    if (!lines.isEmpty()) {
      log.warn(
          "this node was away from before what the others have forgotten, so all it holds is replaced by what they hold; {} of its writes that they don't have are kept {}",
          lines.size(),
          journal.setAside(lines));
      quarantined.addAndGet(lines.size());
    }
  }

  @Override
  public long quarantined() {
    return quarantined.get();
  }

  @Override
  public @Nullable VersionVector base(long digest) {
    return current.get().base(digest);
  }

  /** The present snapshot, for tests of what is inside. */
  Snapshot snapshot() {
    return current.get();
  }

  /**
   * @param each merges an entry into the draft, and tells whether that changed anything
   */
  private ApplyOutcome merge(
      Collection<Entry> entries, SnapshotDraft draft, Predicate<Entry> each, boolean joined) {
    entries.forEach(entry -> checkOwn(draft, entry.dots()));
    return switch (observe(entries)) {
      case HlcClock.Ahead ahead -> new ApplyOutcome.HeldBack(ahead.lead());
      case HlcClock.Stamp stamp -> {
        long before = draft.footprint();
        int changed = 0;
        for (Entry entry : entries) {
          changed += each.test(entry) ? 1 : 0;
        }
        quota.requireReserve(before, draft.footprint());
        yield new ApplyOutcome.Applied(changed, joined);
      }
    };
  }

  private HlcClock.Reading observe(Collection<Entry> entries) {
    return clock.observe(entries.stream().mapToLong(Entry::newestHlc).max().orElse(0));
  }

  /** A write of this actor that it didn't make would give its next write a name that is taken. */
  private void checkOwn(SnapshotDraft draft, VersionVector named) {
    if (named.seq(actor) > draft.version().seq(actor)) {
      throw foreign();
    }
  }

  private static IllegalArgumentException foreign() {
    return new IllegalArgumentException("another node writes under this node's actor");
  }

  private void createInitialCollections() {
    initialCollections.stream().filter(this::isNew).forEach(name -> createCollection(name, null));
  }

  private boolean isNew(String collection) {
    CollectionContent content = current.get().collections().get(collection);
    return content == null || content.state().epoch() == 0;
  }

  /** Before any other use. */
  private void replay(JournalRecord record) {
    SnapshotDraft draft = new SnapshotDraft(record.anew() ? Snapshot.EMPTY : current.get());
    record.entries().forEach(draft::restore);
    draft.cover(record.version());
    if (record.base() != null) {
      draft.adopt(Coverage.of(record.base(), VersionVector.EMPTY));
    }
    current.set(draft.snapshot());
    clock.resume(record.hlc());
  }

  private <T> T change(Function<SnapshotDraft, T> change) {
    T outcome = commits.change(change);
    quota.look(usedBytes());
    return outcome;
  }
}
