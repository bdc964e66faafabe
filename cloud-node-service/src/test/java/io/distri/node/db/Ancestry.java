package io.distri.node.db;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each write of a simulated cluster knew of, noted when it was made and by other means than
 * the DB's, which forgets.
 */
final class Ancestry {
  private final Map<EntryKey, Map<Dot, Noted>> writes = new HashMap<>();

  private record Noted(Request request, VersionVector knew) {
    boolean deletes() {
      return request.kind() == Request.Kind.DELETE;
    }
  }

  /** A node is about to make a write; whether it does will show. */
  void note(EntryKey key, Dot dot, Request request, Snapshot maker) {
    DocumentState held = maker.document(key);
    VersionVector knew = VersionVector.of(dot);
    Map<Dot, Noted> ofDocument = writes.computeIfAbsent(key, any -> new LinkedHashMap<>());
    for (Map.Entry<Dot, Noted> other : ofDocument.entrySet()) {
      boolean holds = held != null && held.context().covers(other.getKey());
      if (holds || maker.version().covers(other.getKey())) {
        knew = knew.merge(other.getValue().knew());
      }
    }
    ofDocument.put(dot, new Noted(request, knew));
  }

  /** The writes of a document that led to what a node holds of it, or to having forgotten it. */
  VersionVector of(Snapshot snapshot, EntryKey key) {
    VersionVector led = VersionVector.EMPTY;
    Map<Dot, Noted> ofDocument = writes.getOrDefault(key, Map.of());
    DocumentState held = snapshot.document(key);
    if (held != null) {
      led = held.context();
      for (DocumentVersion version : held.versions()) {
        Noted noted = ofDocument.get(version.dot());
        led = noted == null ? led : led.merge(noted.knew());
      }
    }
    for (Map.Entry<Dot, Noted> write : ofDocument.entrySet()) {
      boolean forgotten = snapshot.version().base().covers(write.getKey());
      if (forgotten && write.getValue().deletes()) {
        led = withRetries(led.merge(write.getValue().knew()), ofDocument, snapshot);
      }
    }
    return led;
  }

  /** How many documents are deleted, and nothing is left of them. */
  long forgotten(Snapshot snapshot) {
    return writes.entrySet().stream()
        .filter(document -> snapshot.document(document.getKey()) == null)
        .filter(document ->
            document.getValue().entrySet().stream()
                .anyMatch(write ->
                    write.getValue().deletes() && snapshot.version().base().covers(write.getKey())))
        .count();
  }

  /** Who deletes what one try of a request wrote has deleted what its other tries wrote, too. */
  private static VersionVector withRetries(
      VersionVector deleted, Map<Dot, Noted> ofDocument, Snapshot snapshot) {
    VersionVector all = deleted;
    for (Map.Entry<Dot, Noted> one : ofDocument.entrySet()) {
      for (Map.Entry<Dot, Noted> other : ofDocument.entrySet()) {
        boolean tries = one.getValue().request().equals(other.getValue().request());
        boolean forgotten = snapshot.version().base().covers(other.getKey());
        if (tries && forgotten && deleted.covers(one.getKey())) {
          all = all.merge(other.getValue().knew());
        }
      }
    }
    return all;
  }
}
