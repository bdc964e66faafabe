package io.distri.peer.catalog;

import io.distri.peer.book.Book;
import io.distri.peer.book.Held;
import io.distri.peer.catalog.OwnImages.OwnImage;
import io.distri.peer.entry.CatalogEntry;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.UserEntry;
import io.distri.peer.vault.Keys;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Says in the book, and so in the directory, who and where this peer is and what it shares. */
public final class Publisher {

  /** How often a peer says that it is there. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(60);

  private final Keys keys;
  private final String address;
  private final Signatures signatures;
  private final Book book;
  private final OwnImages images;
  private final Path hidden;
  private final Clock clock;

  /**
   * @param address where other peers reach this one
   * @param hidden directory with an empty file for each image without a public thumbnail
   */
  public Publisher(
      Keys keys,
      String address,
      Signatures signatures,
      Book book,
      OwnImages images,
      Path hidden,
      Clock clock) {
    this.keys = keys;
    this.address = address;
    this.signatures = signatures;
    this.book = book;
    this.images = images;
    this.hidden = hidden;
    this.clock = clock;
  }

  /** Brings the book in line with the address and the folder; tells whether it changed. */
  public synchronized boolean publish() {
    boolean changed = publishAddress();
    for (OwnImage image : images.all()) {
      changed |= publish(image);
    }
    for (Held<CatalogEntry> published : book.all(CatalogEntry.class)) {
      CatalogEntry entry = published.entry();
      if (entry.owner().equals(keys.id())
          && !published.withdrawn()
          && entry.name().isFileName()
          && images.find(entry.name()).isEmpty()) {
        book.withdraw(entry);
        changed = true;
      }
    }
    return changed;
  }

  private boolean publishAddress() {
    long now = clock.millis();
    Optional<UserEntry> before = book.find(keys.id().text(), UserEntry.class).map(Held::entry);
    if (before.isPresent()
        && before.get().address().equals(address)
        && now - before.get().seen() < HEARTBEAT.toMillis()) {
      return false;
    }
    long seen = Math.max(now, before.map(user -> user.seen() + 1).orElse(0L));
    String recipient = keys.age().recipient().toString();
    return book.accept(signatures.sign(new UserEntry(keys.id(), address, recipient, seen), keys));
  }

  private boolean publish(OwnImage image) {
    Optional<Held<CatalogEntry>> before =
        book.find(keys.id() + "|" + image.name(), CatalogEntry.class);
    boolean wantsThumbnail =
        !Files.exists(hidden.resolve(image.name().text()), LinkOption.NOFOLLOW_LINKS);
    if (before.isPresent() && !before.get().withdrawn()) {
      CatalogEntry entry = before.get().entry();
      if (entry.size() == image.size()
          && entry.modified() == image.modified()
          && (wantsThumbnail || entry.thumbnail().isEmpty())) {
        return false;
      }
    }
    Preview preview = Preview.of(image.file());
    boolean fits = preview.thumbnail().length() <= CatalogEntry.LONGEST_THUMBNAIL;
    return book.accept(
        signatures.sign(
            new CatalogEntry(
                keys.id(),
                image.name(),
                image.size(),
                image.modified(),
                image.type().mediaType(),
                preview.width(),
                preview.height(),
                wantsThumbnail && fits ? preview.thumbnail() : "",
                Math.max(
                    clock.millis(), before.map(held -> held.entry().revision() + 1).orElse(0L))),
            keys));
  }
}
