package io.distri.node.db.storage;

import io.distri.node.db.Document;
import io.distri.node.db.HlcClock;
import io.distri.node.db.Journal;
import io.distri.node.db.Query;
import io.distri.node.db.ReadOutcome;
import io.distri.node.db.Replica;
import io.distri.node.db.StoredDocument;
import io.distri.node.db.WriteOutcome;
import io.distri.node.db.filter.Filter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the tests of the journal do to a node, in their words. */
final class JournaledNode {
  static final String CATALOG = "catalog";
  static final long NOON = 1_700_000_000_000L;

  private JournaledNode() {}

  static Replica start(long actor, SimulatedDisk disk) {
    return start(actor, disk.journal(Long.MAX_VALUE));
  }

  static Replica start(long actor, Journal journal) {
    return start(actor, journal, new HlcClock(() -> NOON));
  }

  static Replica start(long actor, Journal journal, HlcClock clock) {
    return new Replica(actor, clock, () -> "unused", List.of(CATALOG), journal);
  }

  static WriteOutcome put(Replica node, String uuid, int value) {
    return node.update(CATALOG, document(uuid, value), null, null);
  }

  static Document document(String uuid, int value) {
    return Document.parse(
        "{\"UUID\":\"%s\",\"n\":%d}".formatted(uuid, value).getBytes(StandardCharsets.UTF_8));
  }

  /** Every document, as {@code uuid=n}. */
  static List<String> read(Replica node) {
    List<String> documents = new ArrayList<>();
    if (node.read(Query.all(CATALOG, Filter.EVERYTHING)) instanceof ReadOutcome.Found found) {
      for (StoredDocument document : found.documents()) {
        documents.add(document.uuid() + "=" + document.body().tree().get("n"));
      }
    }
    return documents;
  }
}
