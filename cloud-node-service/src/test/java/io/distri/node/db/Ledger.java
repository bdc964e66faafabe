package io.distri.node.db;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What nodes have acknowledged, and what follows from it for a node that has heard of everything:
 * computed from the writes alone, by other means than the DB's.
 */
final class Ledger {
  private final Map<Dot, WriteRecord> writes = new LinkedHashMap<>();
  private final Map<String, Long> epochs = new HashMap<>();

  /**
   * Notes the writes that a node made since it held the snapshot.
   *
   * @param request see {@link WriteRecord}; null where each of them is a request of its own
   */
  void note(Replica node, Snapshot before, @Nullable String request) {
    Snapshot now = node.snapshot();
    long actor = node.actor();
    for (long seq = before.version().seq(actor) + 1; seq <= now.version().seq(actor); seq++) {
      Dot dot = new Dot(actor, seq);
      EntryKey key = now.live().get(dot);
      if (key != null) {
        DocumentState written = Objects.requireNonNull(now.document(key));
        DocumentVersion version = written.versions().getFirst();
        String named = request == null ? dot.toString() : request;
        writes.put(dot, new WriteRecord(key, named, version));
      }
    }
    now.collections()
        .forEach((name, content) -> epochs.merge(name, content.state().epoch(), Math::max));
  }

  /**
   * What contradicts the ledger in a node that should have heard of everything; empty if nothing.
   */
  List<String> objections(Snapshot snapshot) {
    List<String> objections = new ArrayList<>();
    Map<EntryKey, List<WriteRecord>> byDocument = new LinkedHashMap<>();
    for (WriteRecord write : writes.values()) {
      if (!snapshot.version().covers(write.dot())) {
        objections.add("the vector lacks the write " + write.dot());
      }
      byDocument.computeIfAbsent(write.key(), key -> new ArrayList<>()).add(write);
    }
    epochs.forEach((name, epoch) -> {
      CollectionContent content = snapshot.collections().get(name);
      if (content == null || content.state().epoch() != epoch) {
        objections.add("the collection " + name + " is not at epoch " + epoch);
      }
    });
    byDocument.forEach((key, ofDocument) -> {
      if (epochs.get(key.collection()) == key.epoch() && key.epoch() % 2 == 1) {
        check(snapshot, key, ofDocument, objections);
      }
    });
    checkBooks(snapshot, objections);
    return objections;
  }

  private void check(
      Snapshot snapshot, EntryKey key, List<WriteRecord> ofDocument, List<String> objections) {
    List<WriteRecord> live =
        ofDocument.stream()
            .filter(write -> ofDocument.stream().noneMatch(other -> other.replaced(write)))
            .toList();
    DocumentState held = snapshot.document(key);
    if (held == null) {
      objections.add("the document " + key + " is gone");
      return;
    }
    if (!dots(live)
        .equals(new TreeSet<>(held.versions().stream().map(DocumentVersion::dot).toList()))) {
      objections.add(key + " should hold " + dots(live) + ", not " + held);
    }
    for (String objection : new RequestGraph(ofDocument).objections(held.visible())) {
      objections.add(key + ": " + objection + ": " + held);
    }
    for (WriteRecord write : live) {
      if (!held.versions().contains(write.version())) {
        objections.add(key + " holds something else as " + write.dot());
      }
    }
  }

  /** Whether the snapshot's index and counts are those of its documents. */
  private static void checkBooks(Snapshot snapshot, List<String> objections) {
    Map<Dot, EntryKey> live = new TreeMap<>();
    snapshot
        .collections()
        .forEach((name, content) -> {
          int present = 0;
          int conflicted = 0;
          for (DocumentState document : content.documents().values()) {
            EntryKey key = new EntryKey(name, content.state().epoch(), document.uuid());
            document.versions().forEach(version -> live.put(version.dot(), key));
            present += document.isDeleted() ? 0 : 1;
            conflicted += document.siblings().isEmpty() ? 0 : 1;
          }
          if (content.live() != present || content.conflicted() != conflicted) {
            objections.add("the counts of " + name + " are wrong: " + content.summary());
          }
        });
    if (!live.equals(snapshot.live())) {
      objections.add("the index of live dots is wrong");
    }
  }

  private static TreeSet<Dot> dots(List<WriteRecord> writes) {
    return new TreeSet<>(writes.stream().map(WriteRecord::dot).toList());
  }
}
