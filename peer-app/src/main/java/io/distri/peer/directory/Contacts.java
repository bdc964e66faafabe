package io.distri.peer.directory;

import io.distri.client.DistriException;
import io.distri.peer.book.Book;
import io.distri.peer.entry.Entry;
import io.distri.peer.entry.Signed;
import io.distri.peer.entry.UserEntry;
import io.distri.peer.vault.PeerId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The peers that are known, each by the latest that it said of itself. Those with whom this peer
 * has dealings stay known without the cloud. Safe for use by many threads.
 */
public final class Contacts {

  /** A stranger's call makes this peer look into the directory, but no more often than this. */
  private static final long PAUSE_NANOS = 500_000_000;

  private final Directory directory;
  private final Book book;
  private final Map<PeerId, Signed<UserEntry>> known = new ConcurrentHashMap<>();
  private long lookedNanos = System.nanoTime() - PAUSE_NANOS;

  public Contacts(Directory directory, Book book) {
    this.directory = directory;
    this.book = book;
    book.all(UserEntry.class).forEach(held -> takeIn(held.signed()));
  }

  /** Looks who is there. Throws {@link DistriException} where the cloud does not answer. */
  public void refresh() {
    directory.users().forEach(this::takeIn);
  }

  /** Takes over what a document of the directory says of a peer. */
  public void takeIn(Found found) {
    for (Signed<Entry> signed : found.entries()) {
      signed.as(UserEntry.class).ifPresent(this::takeIn);
    }
  }

  /** Whether a document says nothing that is newer than what is known. */
  public boolean knows(Found found) {
    return found.entries().stream()
        .flatMap(signed -> signed.as(UserEntry.class).stream())
        .allMatch(user ->
            find(user.entry().peer())
                .map(known -> known.entry().seen() >= user.entry().seen())
                .orElse(false));
  }

  private void takeIn(Signed<UserEntry> user) {
    known.merge(
        user.entry().peer(),
        user,
        (before, now) -> now.entry().seen() > before.entry().seen() ? now : before);
  }

  /** Keeps what is known of a peer for times without the cloud. */
  public void keep(PeerId peer) {
    find(peer).ifPresent(book::accept);
  }

  public Optional<Signed<UserEntry>> find(PeerId peer) {
    return Optional.ofNullable(known.get(peer));
  }

  public Collection<Signed<UserEntry>> all() {
    return List.copyOf(known.values());
  }

  /** The peers that hold this key; looks into the directory where there is none. */
  public List<PeerId> byKey(String keyId) {
    List<PeerId> holders = holders(keyId);
    if (holders.isEmpty() && mayLook()) {
      try {
        refresh();
      } catch (DistriException offline) {
        return List.of();
      }
      holders = holders(keyId);
    }
    return holders;
  }

  private List<PeerId> holders(String keyId) {
    return known.values().stream()
        .filter(user -> user.keyId().equals(keyId))
        .map(user -> user.entry().peer())
        .toList();
  }

  private synchronized boolean mayLook() {
    long now = System.nanoTime();
    if (now - lookedNanos < PAUSE_NANOS) {
      return false;
    }
    lookedNanos = now;
    return true;
  }
}
