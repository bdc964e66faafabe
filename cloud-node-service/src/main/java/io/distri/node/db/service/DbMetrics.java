package io.distri.node.db.service;

import io.distri.node.db.CollectionSummary;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.Quota;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the DB holds, as metrics; what each means stands in docs/metrics.md. */
final class DbMetrics implements MeterBinder {
  /** What the DB is made for: beyond it, a start and a full transfer take minutes. */
  private static final int MANY = 100_000;

  /** So many writers at once don't know of each other: more likely, none of them ever reads. */
  private static final int MANY_SIBLINGS = 8;

  private static final Logger log = LoggerFactory.getLogger(DbMetrics.class);

  private final DocumentStore documents;
  private volatile boolean siblingsWarned;

  DbMetrics(DocumentStore documents) {
    this.documents = documents;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    gauge(meters, "distri.db.documents", "documents that reads find", db -> documents());
    gauge(
        meters,
        "distri.db.tombstones",
        "deletions that are remembered, since not every member is known to hold them",
        db -> sum(CollectionSummary::tombstones));
    gauge(
        meters,
        "distri.db.conflicted",
        "documents with versions that were written at the same time and not resolved",
        db -> sum(CollectionSummary::conflicted));
    gauge(
        meters,
        "distri.db.siblings.most",
        "unresolved versions of the document that has the most",
        db -> mostSiblings());
    gauge(
        meters,
        "distri.db.discarded",
        "documents for collections dropped meanwhile",
        DocumentStore::discarded);
    gauge(
        meters,
        "distri.db.quarantined",
        "writes put aside since the start",
        DocumentStore::quarantined);
    gauge(
        meters,
        "distri.db.actors.recent",
        "starts of nodes that sessions name",
        db -> db.version().recent().size());
    gauge(
        meters,
        "distri.db.actors.folded",
        "starts of nodes that sessions leave out",
        db -> db.version().base().size());
    gauge(
        meters,
        "distri.db.used",
        "bytes of the heap that documents take, with what is kept beside them",
        DocumentStore::usedBytes);
    gauge(meters, "distri.db.max", "bytes that they may take", DocumentStore::maxBytes);
    gauge(
        meters,
        "distri.db.crowded",
        "1 where the DB holds more than it is made for, else 0",
        db -> isCrowded() ? 1 : 0);
  }

  private void gauge(
      MeterRegistry meters, String name, String what, ToDoubleFunction<DocumentStore> value) {
    Gauge.builder(name, documents, value).description(what).register(meters);
  }

  private int mostSiblings() {
    int most = documents.mostSiblings();
    if (most > MANY_SIBLINGS && !siblingsWarned) {
      siblingsWarned = true;
      log.warn(
          "a document has {} versions that were written at the same time: read it with conflicts=true, and update it to resolve them",
          most + 1);
    }
    return most;
  }

  private int documents() {
    return sum(CollectionSummary::documents);
  }

  private int sum(ToIntFunction<CollectionSummary> part) {
    return documents.collections().stream().mapToInt(part).sum();
  }

  /** Whether it holds more than it is made for. */
  boolean isCrowded() {
    return documents() > MANY || documents.usedBytes() > documents.maxBytes() * Quota.NEAR;
  }
}
