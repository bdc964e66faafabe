package io.distri.node.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.db.filter.Filter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/** What the tests of the DB do to nodes, in their words. JSON is written with single quotes. */
final class Nodes {
  static final String CATALOG = "catalog";
  static final long NOON = 1_700_000_000_000L;

  private Nodes() {}

  /** A node whose clock stands still, with the collection {@link #CATALOG}. */
  static Replica node(long actor) {
    return node(actor, new HlcClock(() -> NOON));
  }

  static Replica node(long actor, HlcClock clock) {
    return new Replica(
        actor, clock, () -> UUID.randomUUID().toString(), List.of(CATALOG), Journal.NONE);
  }

  static Document document(String json) {
    return Document.parse(bytes(json));
  }

  static Filter filter(String json) {
    return Filter.parse(bytes(json));
  }

  static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  static WriteOutcome add(Replica node, String json) {
    return node.add(CATALOG, document(json), null);
  }

  static Written update(Replica node, String json) {
    return (Written) node.update(CATALOG, document(json), null, null);
  }

  static DeleteOutcome delete(Replica node, String filter) {
    return node.delete(CATALOG, filter(filter), null);
  }

  static List<String> read(Replica node, String filter) {
    return json((ReadOutcome.Found) node.read(Query.all(CATALOG, filter(filter))), false, false);
  }

  static List<String> json(ReadOutcome.Found found, boolean versions, boolean conflicts) {
    List<String> documents = new ArrayList<>();
    for (StoredDocument document : found.documents()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try {
        document.writeTo(out, versions, conflicts);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      documents.add(out.toString(StandardCharsets.UTF_8).replace('"', '\''));
    }
    return documents;
  }

  static StoredDocument only(Replica node, String uuid) {
    ReadOutcome.Found found = (ReadOutcome.Found) node.read(Query.all(CATALOG, Filter.uuid(uuid)));
    return found.documents().iterator().next();
  }

  /** One whole pull: every page of what the receiver lacks, then the sender's vector. */
  static void pull(Replica receiver, Replica sender) {
    Delta delta = sender.delta(receiver.version());
    for (Iterator<List<Entry>> pages = delta.pages(); pages.hasNext(); ) {
      assertThat(receiver.apply(pages.next())).isInstanceOf(ApplyOutcome.Applied.class);
    }
    receiver.adopt(delta.version());
  }

  /** Every node pulls from every other until all have everything. */
  static void converge(List<Replica> nodes) {
    for (int round = 0; round < 2; round++) {
      for (Replica receiver : nodes) {
        nodes.forEach(sender -> pull(receiver, sender));
      }
    }
  }

  static Push push(Replica node, long after) {
    return (Push) node.recentWrites(after, Integer.MAX_VALUE, Long.MAX_VALUE);
  }
}
