package io.distri.peer.sharing;

import io.distri.client.DistriException;
import io.distri.peer.catalog.Catalog;
import io.distri.peer.directory.Contacts;
import io.distri.peer.directory.Directory;
import io.distri.peer.directory.Found;
import io.distri.peer.directory.Shelf;
import io.distri.peer.vault.PeerId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the directory holds, as far as this peer has been told: the documents that name it, and of
 * all others who they are and what they publish. Filled by looks at everything and kept up by
 * single changes; of what was told during a look, that counts. Safe for use by many threads.
 */
public final class Mirror {

  /** Documents that name this peer, of each shelf; a stranger may write as many as he likes. */
  private static final int MOST = 10_000;

  private final PeerId self;
  private final Contacts contacts;
  private final Catalog catalog;
  private final Map<Shelf, Map<String, Found>> naming = new EnumMap<>(Shelf.class);

  /** What was told since the last look began. */
  private final Set<String> toldOf = new HashSet<>();

  private boolean news;

  public Mirror(PeerId self, Contacts contacts, Catalog catalog) {
    this.self = self;
    this.contacts = contacts;
    this.catalog = catalog;
    for (Shelf shelf : Shelf.values()) {
      naming.put(shelf, new HashMap<>());
    }
  }

  /** Whether it concerns this peer more than any other document of that shelf. */
  static boolean names(Shelf shelf, String uuid, PeerId peer) {
    return switch (shelf) {
      case USERS -> uuid.equals(peer.text());
      case CATALOG -> uuid.startsWith(peer + "|");
      case PERMISSIONS -> uuid.contains(peer.text());
    };
  }

  /** Whether a document, seen without its siblings, is worth no second look. */
  synchronized boolean isOldNews(Shelf shelf, Found found) {
    if (names(shelf, found.uuid(), self)) {
      Found known = documents(shelf).get(found.uuid());
      return known != null && known.jws().equals(found.jws());
    }
    return switch (shelf) {
      case USERS -> contacts.knows(found);
      case CATALOG -> catalog.knows(found);
      case PERMISSIONS -> true;
    };
  }

  /** A document is there, or is another one now. */
  synchronized void tell(Shelf shelf, Found found) {
    toldOf.add(shelf + found.uuid());
    takeIn(shelf, found);
  }

  /** A document is no more. */
  synchronized void tellGone(Shelf shelf, String uuid) {
    toldOf.add(shelf + uuid);
    remove(shelf, uuid);
  }

  /**
   * Looks at everything.
   *
   * @throws DistriException where the cloud does not answer
   */
  void look(Directory directory) {
    synchronized (this) {
      toldOf.clear();
    }
    for (Shelf shelf : Shelf.values()) {
      Set<String> there = new HashSet<>();
      directory.read(
          shelf,
          self,
          found -> {
            there.add(found.uuid());
            seen(shelf, found);
          });
      forgetAllBut(there, shelf);
    }
  }

  private synchronized void seen(Shelf shelf, Found found) {
    if (!toldOf.contains(shelf + found.uuid())) {
      takeIn(shelf, found);
    }
  }

  private synchronized void forgetAllBut(Set<String> there, Shelf shelf) {
    Set<String> known = new HashSet<>(documents(shelf).keySet());
    if (shelf == Shelf.CATALOG) {
      known.addAll(catalog.uuids());
    }
    for (String uuid : known) {
      if (!there.contains(uuid) && !toldOf.contains(shelf + uuid)) {
        remove(shelf, uuid);
      }
    }
  }

  private void takeIn(Shelf shelf, Found found) {
    Map<String, Found> documents = documents(shelf);
    if (names(shelf, found.uuid(), self)
        && (documents.size() < MOST || documents.containsKey(found.uuid()))) {
      documents.put(found.uuid(), found);
    }
    switch (shelf) {
      case USERS -> contacts.takeIn(found);
      case CATALOG -> news |= catalog.takeIn(found);
      case PERMISSIONS -> {}
    }
  }

  private void remove(Shelf shelf, String uuid) {
    documents(shelf).remove(uuid);
    news |= shelf == Shelf.CATALOG && catalog.remove(uuid);
  }

  /** The documents of a shelf that name this peer. */
  synchronized Collection<Found> naming(Shelf shelf) {
    return List.copyOf(documents(shelf).values());
  }

  /** A document that names this peer. */
  synchronized Optional<Found> find(Shelf shelf, String uuid) {
    return Optional.ofNullable(documents(shelf).get(uuid));
  }

  /** Whether others publish something else than when this was asked the last time. */
  synchronized boolean hasNews() {
    boolean was = news;
    news = false;
    return was;
  }

  private Map<String, Found> documents(Shelf shelf) {
    return naming.getOrDefault(shelf, Map.of());
  }
}
