package io.distri.peer.book;

import io.distri.peer.entry.Entry;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.entry.ShareEntry;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.Signed;
import io.distri.peer.entry.UseEntry;
import io.distri.peer.vault.Digest;
import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.PeerStartException;
import io.distri.protocol.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The entries that concern this peer, one file each, on the disk before anybody acts on them. Those
 * of its own are what the directory is to hold; of everybody's, the highest revision that was ever
 * seen stays, so that nobody can go back to an older one. Safe for use by many threads.
 */
public final class Book {
  private static final Logger log = LoggerFactory.getLogger(Book.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path directory;
  private final PeerId self;
  private final Map<String, Held<Entry>> held = new ConcurrentHashMap<>();
  private final int damaged;

  /** A page of it, as it is on the disk. */
  private record Page(String jws, boolean withdrawn, boolean told) {}

  /**
   * Opens the book.
   *
   * @param self whose book it is
   * @throws PeerStartException where it can't be read
   */
  public Book(Path directory, PeerId self, Signatures signatures) {
    this.directory = directory;
    this.self = self;
    int unreadable = 0;
    try {
      Files.createDirectories(directory);
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.filter(file -> file.toString().endsWith(".json")).toList()) {
          Optional<Held<Entry>> entry = read(file, signatures);
          entry.ifPresent(known -> held.put(known.entry().uuid(), known));
          unreadable += entry.isPresent() ? 0 : 1;
        }
      }
    } catch (IOException e) {
      throw PeerStartException.of("The ledger in " + directory + " can't be read", e);
    }
    damaged = unreadable;
  }

  private Optional<Held<Entry>> read(Path file, Signatures signatures) throws IOException {
    try {
      Page page = JSON.readValue(Files.readAllBytes(file), Page.class);
      Optional<Signed<Entry>> signed = signatures.verify(page.jws());
      if (signed.isPresent() && file.equals(file(signed.get().entry().uuid()))) {
        return Optional.of(new Held<>(signed.get(), page.withdrawn(), page.told()));
      }
    } catch (JacksonException | NullPointerException notOurs) {
      log.debug("{} is no page of the book", file, notOurs);
    }
    log.warn("{} was edited or is damaged: what it said does not count", file);
    return Optional.empty();
  }

  /** How many of its pages were edited or damaged when it was opened. */
  public int damaged() {
    return damaged;
  }

  /**
   * Takes an entry in, unless one with the same or a higher revision is known.
   *
   * @return whether it is news
   */
  public synchronized boolean accept(Signed<? extends Entry> signed) {
    Held<Entry> known = held.get(signed.entry().uuid());
    if (known != null && known.entry().revision() >= signed.entry().revision()) {
      return false;
    }
    write(
        new Held<>(new Signed<Entry>(signed.entry(), signed.jws(), signed.keyId()), false, false));
    return true;
  }

  /** Notes that an entry is to be in the directory no more. */
  public synchronized void withdraw(Entry entry) {
    change(entry, true, null);
  }

  /** Notes whether an entry's addressee has it. */
  public synchronized void told(Entry entry, boolean told) {
    change(entry, null, told);
  }

  /** Does nothing where a later revision has taken the entry's place. */
  private void change(Entry entry, @Nullable Boolean withdrawn, @Nullable Boolean told) {
    Held<Entry> known = held.get(entry.uuid());
    if (known == null || known.entry().revision() != entry.revision()) {
      return;
    }
    Held<Entry> changed =
        new Held<>(
            known.signed(),
            withdrawn == null ? known.withdrawn() : withdrawn,
            told == null ? known.told() : told);
    if (!changed.equals(known)) {
      write(changed);
    }
  }

  private void write(Held<Entry> entry) {
    try {
      Page page = new Page(entry.signed().jws(), entry.withdrawn(), entry.told());
      DurableFile.replace(file(entry.entry().uuid()), JSON.writeValueAsBytes(page));
      held.put(entry.entry().uuid(), entry);
    } catch (IOException e) {
      throw new UncheckedIOException("the book in " + directory + " can't be written", e);
    }
  }

  private Path file(String uuid) {
    return directory.resolve(Digest.of(uuid) + ".json");
  }

  /** The entries of a kind, in no order. */
  public <E extends Entry> List<Held<E>> all(Class<E> kind) {
    return held.values().stream().flatMap(entry -> as(entry, kind).stream()).toList();
  }

  /** The entries that this peer itself has signed. */
  public List<Held<Entry>> own() {
    return held.values().stream().filter(entry -> entry.entry().signer().equals(self)).toList();
  }

  /** An entry by its UUID, where it is of that kind. */
  public <E extends Entry> Optional<Held<E>> find(String uuid, Class<E> kind) {
    Held<Entry> known = held.get(uuid);
    return known == null ? Optional.empty() : as(known, kind);
  }

  private <E extends ShareEntry> Optional<Held<E>> find(ShareKey share, Class<E> kind) {
    return all(kind).stream().filter(entry -> entry.entry().share().equals(share)).findFirst();
  }

  public Optional<Held<GrantEntry>> grant(ShareKey share) {
    return find(share, GrantEntry.class);
  }

  public Optional<Held<RequestEntry>> request(ShareKey share) {
    return find(share, RequestEntry.class);
  }

  /** Views spent, as far as is known here. */
  public long spent(ShareKey share) {
    return find(share, UseEntry.class).map(use -> use.entry().spent()).orElse(0L);
  }

  /** A request that waits for its answer. */
  public boolean isOpen(Held<RequestEntry> request) {
    return !request.withdrawn()
        && grant(request.entry().share())
            .map(grant -> grant.entry().asked() < request.entry().asked())
            .orElse(true);
  }

  private static <E extends Entry> Optional<Held<E>> as(Held<Entry> entry, Class<E> kind) {
    return entry
        .signed()
        .as(kind)
        .map(signed -> new Held<>(signed, entry.withdrawn(), entry.told()));
  }
}
