package io.distri.peer.directory;

import io.distri.client.DistriCollections;
import io.distri.client.DistriException;
import io.distri.client.DocumentChanges;
import io.distri.client.DocumentQuery;
import io.distri.peer.entry.CatalogEntry;
import io.distri.peer.entry.Entry;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.GrantEntry.Answer;
import io.distri.peer.entry.ShareEntry;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.Signed;
import io.distri.peer.entry.UserEntry;
import io.distri.peer.vault.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The directory in the cloud. Whoever reaches a node can write there what he likes: what is given
 * out of it is what its signers signed, for the document in which it stands, and nothing else. Safe
 * for use by many threads; its methods block, and throw {@link DistriException} where the cloud
 * does not answer.
 */
public final class Directory {
  /** Documents that one look takes in; the DB is small by intent and this is a tenth of it. */
  static final int MOST = 10_000;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final DistriCollections collections;
  private final Signatures signatures;
  private volatile boolean online;

  public Directory(DistriCollections collections, Signatures signatures) {
    this.collections = collections;
    this.signatures = signatures;
  }

  /** Whether the last call was answered, and whoever listens still hears. */
  public boolean online() {
    return online;
  }

  /** Notes that whoever listens hears nothing any more. */
  public void lost() {
    online = false;
  }

  /** Puts an entry in its place, whatever is there. */
  public void publish(Signed<Entry> signed) {
    Entry entry = signed.entry();
    ObjectNode document = JSON.createObjectNode();
    document.put("UUID", entry.uuid());
    describe(entry, document);
    document.put("jws", signed.jws());
    watched(() -> collections.update(Shelf.of(entry).collection(), document));
  }

  /** Fields for those who look into the DB, and for its filters. Nobody acts on them. */
  private static void describe(Entry entry, ObjectNode document) {
    switch (entry) {
      case UserEntry user -> document.put("address", user.address()).put("seen", user.seen());
      case CatalogEntry image ->
          document
              .put("owner", image.owner().text())
              .put("name", image.name().text())
              .put("size", image.size());
      case ShareEntry share -> {
        JsonNode said = JSON.readTree(JSON.writerFor(Entry.class).writeValueAsString(entry));
        boolean denied = share instanceof GrantEntry grant && grant.answer() != Answer.GIVEN;
        document
            .put("type", denied ? "denial" : said.path("type").asString())
            .put("provider", share.provider().text())
            .put("user", share.user().text())
            .put("resource", share.resource().text());
        for (String number : List.of("views", "revision", "spent")) {
          if (said.has(number)) {
            document.set(number, said.get(number));
          }
        }
      }
    }
  }

  /** Takes the document of an entry away. */
  public void remove(Entry entry) {
    String filter = JSON.writeValueAsString(Map.of("UUID", entry.uuid()));
    watched(() -> collections.deleteDocuments(Shelf.of(entry).collection(), filter));
  }

  /** All peers. */
  public List<Found> users() {
    List<Found> users = new ArrayList<>();
    read(Shelf.USERS, DocumentQuery.all(), users::add);
    return users;
  }

  /** All that a peer has to know of a shelf: of permissions, those to which it is a party. */
  public void read(Shelf shelf, PeerId self, Consumer<Found> reader) {
    DocumentQuery query =
        shelf == Shelf.PERMISSIONS
            ? matching(
                Map.of(
                    "$or", List.of(Map.of("provider", self.text()), Map.of("user", self.text()))))
            : DocumentQuery.all();
    read(shelf, query, reader);
  }

  /** One document, with its siblings. */
  public Optional<Found> find(Shelf shelf, String uuid) {
    List<Found> one = new ArrayList<>();
    read(shelf, matching(Map.of("UUID", uuid)), one::add);
    return one.stream().findFirst();
  }

  /** What the directory has on one share. */
  public List<Found> permissions(ShareKey share) {
    List<Found> found = new ArrayList<>();
    Map<String, Object> filter =
        Map.of(
            "provider", share.provider().text(),
            "user", share.user().text(),
            "resource", share.resource().text());
    read(Shelf.PERMISSIONS, matching(filter), found::add);
    return found;
  }

  private static DocumentQuery matching(Map<String, Object> filter) {
    return DocumentQuery.matching(JSON.writeValueAsString(filter));
  }

  private void read(Shelf shelf, DocumentQuery query, Consumer<Found> reader) {
    watched(() -> {
      try (Stream<ObjectNode> documents =
          collections.stream(shelf.collection(), query.withConflicts())) {
        documents.limit(MOST).map(this::found).forEach(reader);
      }
      return true;
    });
  }

  /** All documents of a shelf, then what changes on it, until it is closed. */
  public DocumentChanges changes(Shelf shelf) {
    return collections.changes(shelf.collection());
  }

  /** What is authentic of a document, and of its siblings where they are in it. */
  public Found found(ObjectNode document) {
    String uuid = document.path("UUID").asString("");
    List<Signed<Entry>> entries = new ArrayList<>();
    takeIn(document, uuid, entries);
    document.path("_conflicts").forEach(sibling -> takeIn(sibling, uuid, entries));
    return new Found(uuid, document.path("jws").asString(""), entries);
  }

  private void takeIn(JsonNode document, String uuid, List<Signed<Entry>> entries) {
    signatures
        .verify(document.path("jws").asString(""))
        .filter(signed -> signed.entry().uuid().equals(uuid))
        .ifPresent(entries::add);
  }

  private <T> T watched(Supplier<T> call) {
    try {
      T answer = call.get();
      online = true;
      return answer;
    } catch (DistriException e) {
      online = false;
      throw e;
    }
  }
}
