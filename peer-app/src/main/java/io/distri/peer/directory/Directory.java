package io.distri.peer.directory;

import io.distri.client.DistriCollections;
import io.distri.client.DistriException;
import io.distri.client.DocumentQuery;
import io.distri.peer.entry.CatalogEntry;
import io.distri.peer.entry.Entry;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.ShareEntry;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.Signed;
import io.distri.peer.entry.UserEntry;
import io.distri.peer.vault.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private static final String USERS = "users";
  private static final String CATALOG = "catalog";
  private static final String PERMISSIONS = "permissions";

  /** Documents that one look takes in; the DB is small by intent and this is a tenth of it. */
  private static final int MOST = 10_000;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final DistriCollections collections;
  private final Signatures signatures;
  private volatile boolean online;

  public Directory(DistriCollections collections, Signatures signatures) {
    this.collections = collections;
    this.signatures = signatures;
  }

  /** Whether the last call was answered. */
  public boolean online() {
    return online;
  }

  /** Puts an entry in its place, whatever is there. */
  public void publish(Signed<Entry> signed) {
    Entry entry = signed.entry();
    ObjectNode document = JSON.createObjectNode();
    document.put("UUID", entry.uuid());
    describe(entry, document);
    document.put("jws", signed.jws());
    watched(() -> collections.update(collectionOf(entry), document));
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
        boolean denied = share instanceof GrantEntry grant && grant.denied();
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
    watched(() -> collections.deleteDocuments(collectionOf(entry), filter));
  }

  /** All peers. */
  public List<Found> users() {
    return read(USERS, DocumentQuery.all());
  }

  /** All published images. */
  public List<Found> catalog() {
    return read(CATALOG, DocumentQuery.all());
  }

  /** Requests, answers and uses to which a peer is a party. */
  public List<Found> permissionsOf(PeerId peer) {
    return read(
        PERMISSIONS,
        DocumentQuery.matching(
            JSON.writeValueAsString(
                Map.of(
                    "$or",
                    List.of(Map.of("provider", peer.text()), Map.of("user", peer.text()))))));
  }

  /** What the directory has on one share. */
  public List<Found> permissions(ShareKey share) {
    return read(
        PERMISSIONS,
        DocumentQuery.matching(
            JSON.writeValueAsString(
                Map.of(
                    "provider", share.provider().text(),
                    "user", share.user().text(),
                    "resource", share.resource().text()))));
  }

  private List<Found> read(String collection, DocumentQuery query) {
    return watched(() -> {
      try (Stream<ObjectNode> documents = collections.stream(collection, query.withConflicts())) {
        return documents.limit(MOST).map(this::found).toList();
      }
    });
  }

  private Found found(ObjectNode document) {
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

  private static String collectionOf(Entry entry) {
    return switch (entry) {
      case UserEntry user -> USERS;
      case CatalogEntry image -> CATALOG;
      case ShareEntry share -> PERMISSIONS;
    };
  }
}
