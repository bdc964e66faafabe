package io.distri.peer.sharing;

import io.distri.client.DistriException;
import io.distri.peer.book.Book;
import io.distri.peer.book.Changes;
import io.distri.peer.book.Held;
import io.distri.peer.catalog.Publisher;
import io.distri.peer.directory.Contacts;
import io.distri.peer.directory.Directory;
import io.distri.peer.directory.Found;
import io.distri.peer.directory.Shelf;
import io.distri.peer.entry.CatalogEntry;
import io.distri.peer.entry.Entry;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.entry.ShareEntry;
import io.distri.peer.entry.Signed;
import io.distri.peer.progress.Progress;
import io.distri.peer.progress.Step;
import io.distri.peer.vault.PeerId;
import java.util.List;
import java.util.Optional;
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
  private final Publisher publisher;
  private final Witness witness;
  private final Changes changes;
  private final Watch watch;
  private final Mirror mirror;
  private final Grants grants;
  private final Progress progress;
  private boolean wasOnline;

  public Reconciler(
      PeerId self,
      Book book,
      Directory directory,
      Contacts contacts,
      Publisher publisher,
      Witness witness,
      Changes changes,
      Watch watch,
      Mirror mirror,
      Grants grants,
      Progress progress) {
    this.self = self;
    this.book = book;
    this.directory = directory;
    this.contacts = contacts;
    this.publisher = publisher;
    this.witness = witness;
    this.changes = changes;
    this.watch = watch;
    this.mirror = mirror;
    this.grants = grants;
    this.progress = progress;
  }

  /** Does it once. Does as much as can be done where the cloud does not answer. */
  public void reconcile() {
    boolean changed = publisher.publish();
    try {
      watch.catchUp();
      // What this peer said in a life of which its disk knows nothing counts, too.
      for (Shelf shelf : List.of(Shelf.USERS, Shelf.PERMISSIONS)) {
        for (Found found : mirror.naming(shelf)) {
          for (Signed<Entry> signed : found.entries()) {
            changed |= witness.takeIn(signed);
          }
        }
      }
      changed |= grants.answerForDeleted();
      withdrawAnswered();
      putBack();
      keepContacts();
    } catch (DistriException offline) {
      log.debug("the directory does not answer", offline);
    }
    boolean online = directory.online();
    if (mirror.hasNews() || changed || wasOnline != online) {
      wasOnline = online;
      changes.happened();
    }
  }

  private void withdrawAnswered() {
    for (Held<RequestEntry> request : book.all(RequestEntry.class)) {
      if (request.entry().user().equals(self) && !request.withdrawn() && !book.isOpen(request)) {
        book.withdraw(request.entry());
        progress.reached(Step.ANSWER_NOTED, request.entry().share());
      }
    }
  }

  private void putBack() {
    for (Held<Entry> own : book.own()) {
      Entry entry = own.entry();
      Optional<Found> found = mirror.find(Shelf.of(entry), entry.uuid());
      if (own.withdrawn() && found.isPresent()) {
        remove(entry);
      } else if (!own.withdrawn()
          && found.filter(there -> there.jws().equals(own.signed().jws())).isEmpty()) {
        directory.publish(own.signed());
        mirror.tell(
            Shelf.of(entry), new Found(entry.uuid(), own.signed().jws(), List.of(own.signed())));
        published(entry);
      }
    }
    for (Found found : mirror.naming(Shelf.CATALOG)) {
      found.entries().stream()
          .map(Signed::entry)
          .filter(entry -> entry.signer().equals(self) && isUnknown(entry))
          .findFirst()
          .ifPresent(this::remove);
    }
  }

  private void published(Entry entry) {
    if (entry instanceof RequestEntry request) {
      progress.reached(Step.REQUEST_PUBLISHED, request.share());
    } else if (entry instanceof GrantEntry grant) {
      progress.reached(Step.GRANT_PUBLISHED, grant.share());
    }
  }

  private void remove(Entry entry) {
    directory.remove(entry);
    mirror.tellGone(Shelf.of(entry), entry.uuid());
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
