package io.distri.node.db;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What clients asked for and were told, and what follows from it for nodes that have heard of
 * everything. Knows of the DB what clients know, and the contexts of what they read.
 */
final class History {
  private final Map<String, Request> requests = new LinkedHashMap<>();
  private final Map<String, Reply.Done> done = new LinkedHashMap<>();
  private final Map<Dot, String> names = new HashMap<>();
  private final Map<String, Long> epochs = new HashMap<>();
  private final Map<String, List<String>> overwritten = new HashMap<>();
  private final List<String> objections = new ArrayList<>();
  private final Ancestry ancestry;
  private int reads;

  History(Ancestry ancestry) {
    this.ancestry = ancestry;
  }

  void asked(Request request) {
    requests.put(request.id(), request);
  }

  /**
   * A write was acknowledged.
   *
   * @param before what the same client wrote to the document before, acknowledged as well
   */
  void acknowledged(Request request, Reply.Done reply, List<String> before) {
    done.put(request.id(), reply);
    overwritten.put(request.id(), before);
    epochs.merge(request.collection(), reply.key().epoch(), Math::max);
  }

  /** A client read something that does not have what it saw or wrote before. */
  void read(Request request, Reply.Read read, @Nullable Seen before) {
    reads++;
    if (before == null) {
      return;
    }
    boolean older = read.key().epoch() < before.epoch();
    boolean lacks = read.key().epoch() == before.epoch() && !read.held().covers(before.context());
    if (older || lacks) {
      objections.add(request + " read " + read + " after its client had seen " + before);
    }
  }

  /**
   * What a client has seen of a document.
   *
   * @param epoch the collection's
   */
  record Seen(long epoch, VersionVector context) {

    Seen and(Seen other) {
      if (epoch != other.epoch) {
        return epoch > other.epoch ? this : other;
      }
      return new Seen(epoch, context.merge(other.context));
    }
  }

  int acknowledgedCount() {
    return done.size();
  }

  int readCount() {
    return reads;
  }

  /** The writes that a wiped node has to hold before the next one may be wiped. */
  VersionVector acknowledgedWrites() {
    VersionVector writes = VersionVector.EMPTY;
    for (Reply.Done reply : done.values()) {
      writes = writes.merge(reply.session());
    }
    return writes;
  }

  /** What contradicts the history in the nodes, which were given time to agree. */
  List<String> objections(List<Replica> nodes) {
    List<String> found = new ArrayList<>(objections);
    Snapshot first = nodes.getFirst().snapshot();
    for (Replica node : nodes) {
      Snapshot other = node.snapshot();
      if (!other.version().equals(first.version())
          || !other.collections().equals(first.collections())
          || !other.live().equals(first.live())) {
        found.add("nodes differ: " + other.version() + " and " + first.version());
      }
      other.collections().values().forEach(content -> checkBodies(content, found));
    }
    done.forEach((id, reply) -> check(first, requests.get(id), reply, found));
    return found;
  }

  private void checkBodies(CollectionContent content, List<String> found) {
    for (DocumentState document : content.documents().values()) {
      for (DocumentVersion version : document.versions()) {
        DocumentBody body = version.body();
        String written = body == null ? "deleted" : body.tree().get("by").asString();
        String before = names.putIfAbsent(version.dot(), written + document.uuid());
        if (before != null && !before.equals(written + document.uuid())) {
          found.add(version.dot() + " names two writes: " + before + " and " + written);
        }
        if (body != null && !requests.containsKey(written)) {
          found.add("nobody wrote " + written);
        }
      }
    }
  }

  private void check(
      Snapshot snapshot, @Nullable Request request, Reply.Done reply, List<String> found) {
    Request asked = Objects.requireNonNull(request);
    CollectionContent content = snapshot.collections().get(asked.collection());
    long epoch = content == null ? 0 : content.state().epoch();
    if (epoch < reply.key().epoch()) {
      found.add(asked + " was acknowledged and its collection is at epoch " + epoch);
    }
    Dot dot = reply.dot();
    if (!asked.concernsOneDocument() || dot == null || epoch != reply.key().epoch()) {
      return;
    }
    DocumentState held = snapshot.document(reply.key());
    if (!ancestry.of(snapshot, reply.key()).covers(dot)) {
      found.add(asked + " was acknowledged as " + dot + " and is lost: " + held);
      return;
    }
    // A document remembers that many named writes, and promises nothing of earlier ones.
    if (held == null || held.writes().writes().size() == DocumentState.REMEMBERED_WRITES) {
      return;
    }
    for (DocumentVersion visible : held.visible()) {
      DocumentBody body = visible.body();
      String by = body == null ? "" : body.tree().get("by").asString();
      if (Objects.requireNonNull(overwritten.get(asked.id())).contains(by)) {
        found.add(by + " is there again, although its client went on to " + asked + ": " + held);
      }
    }
  }
}
