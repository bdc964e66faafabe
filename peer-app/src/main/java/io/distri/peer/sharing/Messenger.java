package io.distri.peer.sharing;

import io.distri.peer.book.Book;
import io.distri.peer.book.Held;
import io.distri.peer.directory.Contacts;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.entry.ShareEntry;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.entry.UseEntry;
import io.distri.peer.transfer.Borrowed;
import io.distri.peer.transfer.PeerLink;
import io.distri.peer.vault.PeerId;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells owners directly what the directory would tell them later: requests, uses, and that a
 * granted image never arrived. Who is not there is told the next time.
 */
public final class Messenger implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Messenger.class);

  /** An owner who was asked for an image may need this long to have it sealed. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final PeerId self;
  private final Book book;
  private final Contacts contacts;
  private final Borrowed borrowed;
  private final PeerLink link;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final Map<ShareKey, Long> askedNanos = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public Messenger(PeerId self, Book book, Contacts contacts, Borrowed borrowed, PeerLink link) {
    this.self = self;
    this.book = book;
    this.contacts = contacts;
    this.borrowed = borrowed;
    this.link = link;
  }

  /** Begins to tell whatever has not been told and is not under way. */
  public void sendAll() {
    for (Held<RequestEntry> request : book.all(RequestEntry.class)) {
      if (!request.told() && book.isOpen(request)) {
        tell(request, "/peer/requests");
      }
    }
    for (Held<UseEntry> use : book.all(UseEntry.class)) {
      if (!use.told()) {
        tell(use, "/peer/uses");
      }
    }
    for (Held<GrantEntry> grant : book.all(GrantEntry.class)) {
      askForMissing(grant.entry());
    }
  }

  private void tell(Held<? extends ShareEntry> held, String path) {
    ShareEntry entry = held.entry();
    if (entry.user().equals(self)) {
      send(entry, path, held.signed().jws(), () -> book.told(entry, true));
    }
  }

  private void askForMissing(GrantEntry grant) {
    ShareKey share = grant.share();
    if (!grant.user().equals(self)
        || grant.remaining(book.spent(share)) == 0
        || borrowed.has(share)
        || !borrowed.canHold(share)) {
      return;
    }
    long now = System.nanoTime();
    Long before = askedNanos.get(share);
    if (before == null || now - before > PATIENCE.toNanos()) {
      askedNanos.put(share, now);
      String body = JsonMapper.shared().writeValueAsString(Map.of("resource", grant.resource()));
      send(grant, "/peer/missing", body, () -> {});
    }
  }

  private void send(ShareEntry entry, String path, String body, Runnable told) {
    String errand = path + " " + entry.uuid();
    var provider = contacts.find(entry.provider());
    if (provider.isEmpty() || !underWay.add(errand)) {
      return;
    }
    threads.execute(() -> {
      try {
        PeerLink.Answer answer = link.post(provider.get(), path, body);
        // 403: the owner has not yet heard of this peer; the other refusals are for good.
        if (answer.done() || answer.status() == 404 || answer.status() == 400) {
          told.run();
        }
      } catch (IOException later) {
        log.debug("{} could not be told yet", entry.provider(), later);
      } finally {
        underWay.remove(errand);
      }
    });
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
