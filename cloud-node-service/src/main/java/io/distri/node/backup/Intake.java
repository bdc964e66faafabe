package io.distri.node.backup;

import io.distri.node.backup.BackupPage.Collection;
import io.distri.node.backup.Incoming.Existing;
import io.distri.node.db.CollectionSummary;
import io.distri.node.db.CreateOutcome;
import io.distri.node.db.Document;
import io.distri.node.db.DocumentBody;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.DropOutcome;
import io.distri.node.db.Query;
import io.distri.node.db.Quota;
import io.distri.node.db.ReadOutcome;
import io.distri.node.db.Refusal;
import io.distri.node.db.VersionVector;
import io.distri.node.db.WriteOutcome;
import io.distri.node.db.Written;
import io.distri.node.db.filter.Filter;
import io.distri.node.db.json.InvalidInputException;
import io.distri.node.db.json.JsonOrder;
import io.distri.node.db.service.WriteAcks;
import io.distri.node.problem.ProblemException;
import io.distri.protocol.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents from outside the cluster: as clients' writes, each with a name of this node's,
 * so that no write of a backup ever has two. A page that is taken again finds its documents there
 * and changes nothing. Thread-safe.
 */
final class Intake {
  /** A page's conflicting versions reach the others by their next pull, some seconds later. */
  private static final Duration ACKS = Duration.ofSeconds(30);

  private final DocumentStore documents;
  private final Conflicts conflicts;
  private final WriteAcks acks;

  Intake(DocumentStore documents, Conflicts conflicts, WriteAcks acks) {
    this.documents = documents;
    this.conflicts = conflicts;
    this.acks = acks;
  }

  private enum Fate {
    ADDED,
    CHANGED,
    SAME,
    CONFLICT
  }

  /**
   * @param growth by how many bytes the DB would grow; 0 where it has grown
   */
  private record Result(
      BackupPage.Document document, Fate fate, VersionVector session, long growth) {

    Result(BackupPage.Document document, Fate fate, VersionVector session) {
      this(document, fate, session, 0);
    }

    boolean isWritten() {
      return fate == Fate.ADDED || fate == Fate.CHANGED;
    }
  }

  /**
   * Takes a page in, and waits until enough nodes hold it.
   *
   * @throws InvalidInputException where it has what can't be written; then nothing of it was
   * @throws ProblemException where a document can't be written, or not enough nodes hold it in time
   */
  Taken take(Incoming incoming) throws InterruptedException {
    long held = documents.collections().stream().mapToLong(CollectionSummary::documents).sum();
    BackupPage page = incoming.page();
    page.check();
    if (incoming.dryRun()) {
      List<Result> results =
          page.documents().stream().map(each -> compare(each, incoming.existing())).toList();
      return taken(held, results, needed(incoming, results));
    }
    VersionVector written = collections(page);
    List<Result> results = inParallel(page.documents(), each -> write(each, incoming.existing()));
    for (Result result : results) {
      written = written.merge(result.session());
    }
    written =
        written.merge(
            conflicts.keep(
                results.stream().filter(Result::isWritten).map(Result::document).toList()));
    requireSafe(written);
    return taken(held, results, null);
  }

  private @Nullable Long needed(Incoming incoming, List<Result> results) {
    Long before = incoming.before();
    if (before == null) {
      return null;
    }
    Set<String> added = named(incoming.page());
    documents.collections().forEach(present -> added.remove(present.name()));
    long growth =
        results.stream().mapToLong(Result::growth).sum()
            + (long) added.size() * Quota.COLLECTION_BYTES;
    long room = documents.maxBytes() - documents.usedBytes();
    if (before > room - growth) {
      throw new ProblemException(
          ProblemType.DB_FULL,
          "There is room for %s bytes more (distri.node.db.max-bytes), and the documents need more: nothing was written."
              .formatted(room));
    }
    return before + growth;
  }

  private void requireSafe(VersionVector written) throws InterruptedException {
    acks.send();
    WriteAcks.Acked acked = acks.await(written, ACKS);
    if (!acked.enough()) {
      throw new ProblemException(
          ProblemType.NOT_ACKNOWLEDGED,
          "%s of %s nodes hold the documents and %s have to. Start the nodes that are down and try again: what is there already stays as it is."
              .formatted(acked.copies(), acked.voters(), acked.needed()));
    }
  }

  /** Makes the collections be there or not; one with documents is never dropped. */
  private VersionVector collections(BackupPage page) {
    Map<String, CollectionSummary> present =
        documents.collections().stream()
            .collect(Collectors.toMap(CollectionSummary::name, Function.identity()));
    VersionVector written = VersionVector.EMPTY;
    for (Collection collection : page.collections()) {
      CollectionSummary summary = present.get(collection.name());
      if (!collection.exists() && summary != null && summary.documents() == 0) {
        written = written.merge(dropped(collection.name()));
      }
    }
    for (String name : named(page)) {
      written = written.merge(created(name));
    }
    return written;
  }

  /** The collections that have to be there. */
  private static Set<String> named(BackupPage page) {
    return Stream.concat(
            page.collections().stream().filter(Collection::exists).map(Collection::name),
            page.documents().stream().map(BackupPage.Document::collection))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private VersionVector created(String collection) {
    return switch (documents.createCollection(collection, null)) {
      case CreateOutcome.Created created -> created.session();
      case CreateOutcome.Exists exists -> exists.session();
      case Refusal refusal -> throw refused(refusal);
    };
  }

  private VersionVector dropped(String collection) {
    return switch (documents.deleteCollection(collection, null)) {
      case DropOutcome.Dropped dropped -> dropped.session();
      case Refusal refusal -> throw refused(refusal);
    };
  }

  private Result write(BackupPage.Document document, Existing existing) {
    Document winner = Document.stored(document.versions().getFirst());
    return switch (documents.add(document.collection(), winner, null)) {
      case Written written -> new Result(document, Fate.ADDED, written.session());
      case WriteOutcome.Existing same -> new Result(document, Fate.SAME, same.session());
      case Refusal.UuidConflict conflict ->
          existing == Existing.REPLACE
              ? replace(document, winner)
              : new Result(document, Fate.CONFLICT, VersionVector.EMPTY);
      case Refusal refusal -> throw refused(refusal);
    };
  }

  private Result replace(BackupPage.Document document, Document winner) {
    return switch (documents.update(document.collection(), winner, null, null)) {
      case Written written -> new Result(document, Fate.CHANGED, written.session());
      case WriteOutcome.Existing same -> new Result(document, Fate.SAME, same.session());
      case Refusal refusal -> throw refused(refusal);
    };
  }

  private Result compare(BackupPage.Document document, Existing existing) {
    DocumentBody winner = document.versions().getFirst();
    Query query = Query.all(document.collection(), Filter.uuid(document.uuid()));
    long bytes = document.versions().stream().mapToLong(DocumentBody::sizeBytes).sum();
    Result added =
        new Result(document, Fate.ADDED, VersionVector.EMPTY, bytes + Quota.BOOKKEEPING_BYTES);
    return switch (documents.read(query)) {
      case ReadOutcome.Found found when found.documents().iterator().hasNext() -> {
        DocumentBody there = found.documents().iterator().next().body();
        if (JsonOrder.INSTANCE.compare(there.tree(), winner.tree()) == 0) {
          yield new Result(document, Fate.SAME, VersionVector.EMPTY);
        }
        yield existing == Existing.REPLACE
            ? new Result(document, Fate.CHANGED, VersionVector.EMPTY, bytes - there.sizeBytes())
            : new Result(document, Fate.CONFLICT, VersionVector.EMPTY);
      }
      case ReadOutcome.Found none -> added;
      case Refusal noCollection -> added;
    };
  }

  private static Taken taken(long held, List<Result> results, @Nullable Long needed) {
    return new Taken(
        count(results, Fate.ADDED),
        count(results, Fate.CHANGED),
        count(results, Fate.SAME),
        results.stream()
            .filter(result -> result.fate() == Fate.CONFLICT)
            .map(Result::document)
            .map(document -> document.collection() + "/" + document.uuid())
            .toList(),
        held,
        needed);
  }

  private static int count(List<Result> results, Fate fate) {
    return (int) results.stream().filter(result -> result.fate() == fate).count();
  }

  /** So that the writes of a page share syncs of the disk. */
  private static List<Result> inParallel(
      List<BackupPage.Document> documents, Function<BackupPage.Document, Result> write)
      throws InterruptedException {
    List<Result> results = new ArrayList<>(documents.size());
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Result>> writes = new ArrayList<>(documents.size());
      documents.forEach(document -> writes.add(() -> write.apply(document)));
      for (Future<Result> result : writers.invokeAll(writes)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException refusal
          ? refusal
          : new IllegalStateException("a document could not be written", failed);
    }
  }

  private static ProblemException refused(Refusal refusal) {
    return new ProblemException(refusal.problem(), refusal.detail());
  }
}
