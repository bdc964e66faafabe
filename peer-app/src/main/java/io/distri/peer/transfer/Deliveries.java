package io.distri.peer.transfer;

import io.distri.client.DistriException;
import io.distri.peer.book.Book;
import io.distri.peer.book.Changes;
import io.distri.peer.book.Held;
import io.distri.peer.catalog.OwnImages;
import io.distri.peer.catalog.OwnImages.OwnImage;
import io.distri.peer.directory.Contacts;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.ParcelEntry;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.Signed;
import io.distri.peer.entry.UserEntry;
import io.distri.peer.progress.Progress;
import io.distri.peer.progress.Step;
import io.distri.peer.vault.Digest;
import io.distri.peer.vault.Folders;
import io.distri.peer.vault.Keys;
import io.distri.protocol.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings grants, and the images that go with them, to the peers for whom they are: those that the
 * book says have not been told. Whatever breaks off is taken up again the next time.
 */
public final class Deliveries implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Deliveries.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Keys keys;
  private final Folders folders;
  private final Book book;
  private final Signatures signatures;
  private final Contacts contacts;
  private final OwnImages images;
  private final Sealer sealer;
  private final PeerLink link;
  private final Changes changes;
  private final Clock clock;
  private final Consumer<ShareKey> undeliverable;
  private final Progress progress;
  private final Set<ShareKey> underWay = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param undeliverable is told of a grant whose image is here no more and never was with its user
   */
  public Deliveries(
      Keys keys,
      Folders folders,
      Book book,
      Signatures signatures,
      Contacts contacts,
      OwnImages images,
      Sealer sealer,
      PeerLink link,
      Changes changes,
      Clock clock,
      Consumer<ShareKey> undeliverable,
      Progress progress) {
    this.keys = keys;
    this.folders = folders;
    this.book = book;
    this.signatures = signatures;
    this.contacts = contacts;
    this.images = images;
    this.sealer = sealer;
    this.link = link;
    this.changes = changes;
    this.clock = clock;
    this.undeliverable = undeliverable;
    this.progress = progress;
  }

  /** Begins every delivery that is due and not under way; none waits for another's user. */
  public void deliverAll() {
    for (Held<GrantEntry> grant : book.all(GrantEntry.class)) {
      Optional<Signed<UserEntry>> user = contacts.find(grant.entry().user());
      if (grant.entry().provider().equals(keys.id())
          && !grant.told()
          && user.isPresent()
          && underWay.add(grant.entry().share())) {
        threads.execute(() -> {
          try {
            deliver(grant.signed(), user.get());
          } finally {
            underWay.remove(grant.entry().share());
          }
        });
      }
    }
  }

  private void deliver(Signed<GrantEntry> grant, Signed<UserEntry> user) {
    try {
      if (isDelivered(grant, user)) {
        // Before it is noted: afterwards nobody would come back to them.
        forget(grant.entry().share());
        progress.reached(Step.DELIVERED, grant.entry().share());
        book.told(grant.entry(), true);
        progress.reached(Step.DELIVERY_NOTED, grant.entry().share());
        changes.happened();
      }
    } catch (IOException | DistriException | JacksonException later) {
      log.debug("{} could not be delivered yet", grant.entry().uuid(), later);
    }
  }

  private boolean isDelivered(Signed<GrantEntry> grant, Signed<UserEntry> user) throws IOException {
    ShareKey share = grant.entry().share();
    Optional<Signed<ParcelEntry>> parcel = packed(share);
    Optional<Offer.Reply> reply = offer(user, grant, parcel);
    if (reply.isPresent() && reply.get().wish() == Offer.Wish.SEAL) {
      Optional<OwnImage> image = images.find(share.resource());
      if (image.isEmpty()) {
        undeliverable.accept(share);
        changes.happened();
        return false;
      }
      parcel = Optional.of(pack(share, image.get(), user.entry().recipient()));
      reply = offer(user, grant, parcel);
    }
    if (reply.isPresent() && reply.get().wish() == Offer.Wish.SEND && parcel.isPresent()) {
      String path = "/peer/grants/" + parcel.get().entry().sha256();
      PeerLink.Answer answer = link.put(user, path, sealedFile(share), reply.get().from());
      if (answer.status() == 422) {
        // What is here is not what was packed: packed again the next time.
        forget(share);
      }
      return answer.done();
    }
    return reply.isPresent() && reply.get().wish() == Offer.Wish.DONE;
  }

  /** The user's wish; empty where he could not be told. */
  private Optional<Offer.Reply> offer(
      Signed<UserEntry> user, Signed<GrantEntry> grant, Optional<Signed<ParcelEntry>> parcel)
      throws IOException {
    Offer offer = new Offer(grant.jws(), parcel.map(Signed::jws).orElse(null));
    PeerLink.Answer answer = link.post(user, "/peer/grants", JSON.writeValueAsString(offer));
    if (!answer.done()) {
      log.debug("{} answered an offer with {}", user.entry().peer(), answer.status());
      return Optional.empty();
    }
    Offer.Reply reply = JSON.readValue(answer.body(), Offer.Reply.class);
    long size = parcel.map(packed -> packed.entry().size()).orElse(0L);
    boolean sane =
        reply != null && reply.wish() != null && reply.from() >= 0 && reply.from() <= size;
    return sane ? Optional.of(reply) : Optional.empty();
  }

  /** Seals an image for a user and signs for it; kept until it has been delivered. */
  private Signed<ParcelEntry> pack(ShareKey share, OwnImage image, String recipient)
      throws IOException {
    Path sealed = sealedFile(share);
    sealer.seal(image.file(), recipient, sealed);
    progress.reached(Step.SEALED, share);
    Signed<ParcelEntry> parcel =
        signatures.sign(
            new ParcelEntry(
                share.provider(),
                share.user(),
                share.resource(),
                Digest.of(sealed),
                Files.size(sealed),
                clock.millis()),
            keys);
    DurableFile.replace(parcelFile(share), parcel.jws().getBytes(StandardCharsets.US_ASCII));
    progress.reached(Step.PACKED, share);
    return parcel;
  }

  private Optional<Signed<ParcelEntry>> packed(ShareKey share) throws IOException {
    Path parcel = parcelFile(share);
    if (!Files.exists(parcel) || !Files.exists(sealedFile(share))) {
      return Optional.empty();
    }
    return signatures
        .verify(Files.readString(parcel), ParcelEntry.class)
        .filter(known -> known.entry().share().equals(share));
  }

  private void forget(ShareKey share) throws IOException {
    DurableFile.delete(parcelFile(share));
    DurableFile.delete(sealedFile(share));
  }

  private Path sealedFile(ShareKey share) {
    return folders.outgoing().resolve(Digest.of(share.toString()) + ".age");
  }

  private Path parcelFile(ShareKey share) {
    return folders.outgoing().resolve(Digest.of(share.toString()) + ".parcel");
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
