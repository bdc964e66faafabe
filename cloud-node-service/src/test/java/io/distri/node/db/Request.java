package io.distri.node.db;

import io.distri.node.db.filter.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks a node for.
 *
 * @param id of a write: its name, and the body of what it writes
 */
record Request(Kind kind, String collection, String uuid, String id) {

  enum Kind {
    UPDATE,
    ADD,
    DELETE,
    READ,
    CREATE_COLLECTION,
    DROP_COLLECTION
  }

  boolean concernsOneDocument() {
    return kind == Kind.UPDATE || kind == Kind.ADD || kind == Kind.DELETE;
  }

  /**
   * Has a node do it.
   *
   * @param writeId null for a node that ignores it
   */
  Reply execute(Replica node, @Nullable String writeId, Ancestry ancestry) {
    if (concernsOneDocument()) {
      Snapshot maker = node.snapshot();
      Dot next = new Dot(node.actor(), maker.version().seq(node.actor()) + 1);
      ancestry.note(key(node), next, this, maker);
    }
    return switch (kind) {
      case UPDATE -> written(node, node.update(collection, document(), null, writeId));
      case ADD -> written(node, node.add(collection, document(), writeId));
      case DELETE ->
          switch (node.delete(collection, Filter.uuid(uuid), writeId)) {
            case DeleteOutcome.Deleted deleted ->
                deleted.documents() == 0
                    ? new Reply.Done(deleted.session(), key(node), null)
                    : done(node, deleted.session());
            case Refusal refusal -> new Reply.Refused();
          };
      case CREATE_COLLECTION ->
          switch (node.createCollection(collection, writeId)) {
            case CreateOutcome.Created created -> done(node, created.session());
            default -> new Reply.Refused();
          };
      case DROP_COLLECTION ->
          switch (node.deleteCollection(collection, writeId)) {
            case DropOutcome.Dropped dropped -> done(node, dropped.session());
            case Refusal refusal -> new Reply.Refused();
          };
      case READ -> read(node, ancestry);
    };
  }

  private Document document() {
    return Nodes.document("{'UUID':'" + uuid + "','by':'" + id + "'}");
  }

  private Reply written(Replica node, WriteOutcome outcome) {
    return outcome instanceof Written written ? done(node, written.session()) : new Reply.Refused();
  }

  private Reply done(Replica node, VersionVector session) {
    Dot dot = session.size() == 0 ? null : session.entries().getFirst();
    return new Reply.Done(session, key(node), dot);
  }

  private Reply read(Replica node, Ancestry ancestry) {
    ReadOutcome outcome = node.read(Query.all(collection, Filter.uuid(uuid)));
    if (!(outcome instanceof ReadOutcome.Found found)) {
      return new Reply.Refused();
    }
    EntryKey key = key(node);
    DocumentState held = node.snapshot().document(key);
    VersionVector shown = VersionVector.EMPTY;
    for (DocumentVersion version : held == null ? List.<DocumentVersion>of() : held.visible()) {
      shown = shown.merge(version.context());
    }
    return new Reply.Read(found.session(), key, shown, ancestry.of(node.snapshot(), key));
  }

  private EntryKey key(Replica node) {
    CollectionContent content = node.snapshot().collections().get(collection);
    return new EntryKey(collection, content == null ? 0 : content.state().epoch(), uuid);
  }
}
