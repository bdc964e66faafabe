package io.distri.peer.sharing;

import io.distri.client.DistriException;
import io.distri.peer.book.Book;
import io.distri.peer.book.Changes;
import io.distri.peer.book.Held;
import io.distri.peer.catalog.Catalog;
import io.distri.peer.catalog.Publisher;
import io.distri.peer.directory.Contacts;
import io.distri.peer.directory.Directory;
import io.distri.peer.directory.Found;
import io.distri.peer.entry.CatalogEntry;
import io.distri.peer.entry.Entry;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.entry.ShareEntry;
import io.distri.peer.entry.Signed;
import io.distri.peer.vault.PeerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings book and directory in step, both ways. What the book holds of this peer's own is put back
 * wherever the directory holds anything else in its place; what others say there to this peer is
 * taken into the book. Done from time to time it makes up for every message that got lost, every
 * crash and every stranger's write, so nothing else has to.
 */
public final class Reconciler {
  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

  private final PeerId self;
  private final Book book;
  private final Directory directory;
  private final Contacts contacts;
  private final Catalog catalog;
  private final Publisher publisher;
  private final Witness witness;
  private final Changes changes;

  public Reconciler(
      PeerId self,
      Book book,
      Directory directory,
      Contacts contacts,
      Catalog catalog,
      Publisher publisher,
      Witness witness,
      Changes changes) {
    this.self = self;
    this.book = book;
    this.directory = directory;
    this.contacts = contacts;
    this.catalog = catalog;
    this.publisher = publisher;
    this.witness = witness;
    this.changes = changes;
  }

  /** Does it once. Does as much as can be done where the cloud does not answer. */
  public void reconcile() {
    boolean before = directory.online();
    boolean changed = publisher.publish();
    try {
      List<Found> users = directory.users();
      List<Found> images = directory.catalog();
      List<Found> permissions = directory.permissionsOf(self);
      users.forEach(contacts::takeIn);
      // What this peer said in a life of which its disk knows nothing counts, too.
      users.stream()
          .filter(found -> found.uuid().equals(self.text()))
          .flatMap(found -> found.entries().stream())
          .forEach(witness::takeIn);
      for (Found found : permissions) {
        for (Signed<Entry> signed : found.entries()) {
          changed |= witness.takeIn(signed);
        }
      }
      withdrawAnswered();
      putBack(users, images, permissions);
      changed |= catalog.takeIn(images);
      keepContacts();
    } catch (DistriException offline) {
      log.debug("the directory does not answer", offline);
    }
    if (changed || before != directory.online()) {
      changes.happened();
    }
  }

  private void withdrawAnswered() {
    for (Held<RequestEntry> request : book.all(RequestEntry.class)) {
      if (request.entry().user().equals(self) && !request.withdrawn() && !book.isOpen(request)) {
        book.withdraw(request.entry());
      }
    }
  }

  private void putBack(List<Found> users, List<Found> images, List<Found> permissions) {
    Map<String, Found> there = new HashMap<>();
    Stream.of(users, images, permissions)
        .flatMap(List::stream)
        .forEach(found -> there.put(found.uuid(), found));
    for (Held<Entry> own : book.own()) {
      Found found = there.get(own.entry().uuid());
      if (own.withdrawn() && found != null) {
        directory.remove(own.entry());
      } else if (!own.withdrawn() && (found == null || !found.jws().equals(own.signed().jws()))) {
        directory.publish(own.signed());
      }
    }
    for (Found found : images) {
      boolean forgotten =
          found.entries().stream()
              .map(Signed::entry)
              .anyMatch(entry -> entry.signer().equals(self) && isUnknown(entry));
      if (forgotten) {
        directory.remove(found.entries().get(0).entry());
      }
    }
  }

  /** Of this peer's own, but its folder has no such image, and its book never heard of it. */
  private boolean isUnknown(Entry entry) {
    return book.find(entry.uuid(), CatalogEntry.class).isEmpty();
  }

  private void keepContacts() {
    for (Held<Entry> held : book.own()) {
      if (held.entry() instanceof ShareEntry share) {
        contacts.keep(share.provider());
        contacts.keep(share.user());
      }
    }
  }
}
