package io.distri.peer.operations;

import io.distri.peer.book.Book;
import io.distri.peer.book.Changes;
import io.distri.peer.book.Findings;
import io.distri.peer.book.Held;
import io.distri.peer.catalog.Catalog;
import io.distri.peer.catalog.OwnImages;
import io.distri.peer.catalog.OwnImages.OwnImage;
import io.distri.peer.directory.Contacts;
import io.distri.peer.directory.Directory;
import io.distri.peer.entry.CatalogEntry;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.entry.ShareEntry;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.sharing.Grants;
import io.distri.peer.sharing.RefusedException;
import io.distri.peer.sharing.Requests;
import io.distri.peer.transfer.Borrowed;
import io.distri.peer.vault.Folders;
import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;
import io.distri.peer.viewing.View;
import io.distri.peer.viewing.Viewer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A peer: everything that its person can have it do. What is asked for is on the disk when a method
 * returns, and reaches the directory and other peers as soon as they are there. Safe for use by
 * many threads.
 */
public final class Peer {
  private final PeerId self;
  private final Book book;
  private final OwnImages images;
  private final Path hidden;
  private final Catalog catalog;
  private final Contacts contacts;
  private final Directory directory;
  private final Requests requests;
  private final Grants grants;
  private final Borrowed borrowed;
  private final Viewer viewer;
  private final Engine engine;
  private final Findings findings;
  private final Changes changes;

  /**
   * @param hidden directory with an empty file for each image without a public thumbnail
   */
  public Peer(
      PeerId self,
      Book book,
      OwnImages images,
      Path hidden,
      Catalog catalog,
      Contacts contacts,
      Directory directory,
      Requests requests,
      Grants grants,
      Borrowed borrowed,
      Viewer viewer,
      Engine engine,
      Findings findings,
      Changes changes) {
    this.self = self;
    this.book = book;
    this.images = images;
    this.hidden = hidden;
    this.catalog = catalog;
    this.contacts = contacts;
    this.directory = directory;
    this.requests = requests;
    this.grants = grants;
    this.borrowed = borrowed;
    this.viewer = viewer;
    this.engine = engine;
    this.findings = findings;
    this.changes = changes;
  }

  public PeerId id() {
    return self;
  }

  /** Whether the cloud answered the last time. */
  public boolean online() {
    return directory.online();
  }

  /** Publishes the address and the images in the folder, now instead of soon. */
  public void publishInfo() {
    engine.kick();
  }

  /** A page of what everybody publishes, in the order of names; the first page is 0. */
  public List<CatalogEntry> fetchCatalog(int page, int size) {
    return catalog.page(page, size);
  }

  /** How many images everybody publishes. */
  public int catalogSize() {
    return catalog.size();
  }

  /** A published image. */
  public Optional<CatalogEntry> published(PeerId owner, ResourceName name) {
    return catalog.find(owner, name);
  }

  /** The small picture of a published image, a PNG. */
  public Optional<byte[]> thumbnail(PeerId owner, ResourceName name) {
    return catalog.thumbnail(owner, name);
  }

  /** The peer whom a person means by an id or a name. */
  public PeerId resolve(String written) {
    TreeSet<PeerId> meant = new TreeSet<>();
    Stream.concat(
            contacts.all().stream().map(user -> user.entry().peer()),
            book.all(RequestEntry.class).stream().flatMap(held -> parties(held.entry())))
        .filter(peer -> peer.isMeantBy(written))
        .forEach(meant::add);
    if (meant.size() == 1) {
      return meant.first();
    }
    throw new RefusedException(
        RefusedException.Reason.UNKNOWN,
        meant.isEmpty()
            ? "There is no such peer."
            : "Several peers have this name; give the whole id: " + meant);
  }

  private static Stream<PeerId> parties(ShareEntry entry) {
    return Stream.of(entry.provider(), entry.user());
  }

  /** Asks a peer for views of an image of its. */
  public void requestResource(PeerId provider, ResourceName resource, int views) {
    ShareKey share = new ShareKey(provider, self, resource);
    if (catalog.find(provider, resource).isEmpty() && book.request(share).isEmpty()) {
      throw new RefusedException(
          RefusedException.Reason.UNKNOWN, provider.name() + " publishes no such image.");
    }
    requests.make(share, views);
    changed();
  }

  /** Answers a peer's request; 0 views deny it. */
  public void grantResource(PeerId user, ResourceName resource, int views) {
    grants.answer(new ShareKey(self, user, resource), views);
    changed();
  }

  /** Changes what is left of a grant; 0 views revoke it. */
  public void updatePermissions(PeerId user, ResourceName resource, int left) {
    grants.change(new ShareKey(self, user, resource), left);
    changed();
  }

  /** Takes one view of an image; the caller shows it and closes the view. */
  public View accessResource(PeerId provider, ResourceName resource) {
    View view = viewer.take(new ShareKey(provider, self, resource));
    changed();
    return view;
  }

  /** Requests of this peer's that wait for an answer. */
  public List<RequestEntry> pendingApproval() {
    return requestsThatWait().filter(request -> request.user().equals(self)).toList();
  }

  /** Requests of others that wait for this peer's answer. */
  public List<RequestEntry> inbox() {
    return requestsThatWait().filter(request -> request.provider().equals(self)).toList();
  }

  private Stream<RequestEntry> requestsThatWait() {
    return book.all(RequestEntry.class).stream()
        .filter(book::isOpen)
        .map(Held::entry)
        .sorted(Comparator.comparingLong(RequestEntry::asked));
  }

  /**
   * An image that is shared, as one side of it sees it.
   *
   * @param left views
   * @param here whether the sealed image is on the user's disk, as far as is known here
   */
  public record Shared(GrantEntry grant, long spent, long left, boolean here) {}

  /** What this peer was given, exhausted and denied included. */
  public List<Shared> availableResources() {
    return shared().filter(share -> share.grant().user().equals(self)).toList();
  }

  /** What this peer has given, revoked and denied included. */
  public List<Shared> sharedImages() {
    return shared().filter(share -> share.grant().provider().equals(self)).toList();
  }

  private Stream<Shared> shared() {
    return book.all(GrantEntry.class).stream()
        .map(held -> {
          GrantEntry grant = held.entry();
          long spent = book.spent(grant.share());
          boolean here = grant.user().equals(self) ? borrowed.has(grant.share()) : held.told();
          return new Shared(grant, spent, grant.remaining(spent), here);
        })
        .sorted(
            Comparator.comparing((Shared share) -> share.grant().resource())
                .thenComparing(share -> share.grant().provider())
                .thenComparing(share -> share.grant().user()));
  }

  /** The images in this peer's own folder. */
  public List<OwnImage> ownImages() {
    return images.all();
  }

  /**
   * Puts an image into the folder and publishes it.
   *
   * @param thumbnail whether everybody may see a small picture of it
   */
  public void addImage(ResourceName name, InputStream content, boolean thumbnail)
      throws IOException {
    if (!name.isFileName()) {
      throw new RefusedException(RefusedException.Reason.MALFORMED, Folders.ASCII_ALONE);
    }
    Path marker = hidden.resolve(name.text());
    if (thumbnail) {
      Files.deleteIfExists(marker);
    } else {
      Files.createDirectories(hidden);
      Files.write(marker, new byte[0]);
    }
    try {
      images.add(name, content);
    } catch (IllegalArgumentException notAnImage) {
      throw new RefusedException(
          RefusedException.Reason.MALFORMED, "Refused: " + notAnImage.getMessage() + ".");
    }
    changed();
  }

  /** Takes an image out of the folder and the catalog; views that were given stay. */
  public void deleteImage(ResourceName name) throws IOException {
    if (images.find(name).isEmpty()) {
      throw new RefusedException(RefusedException.Reason.UNKNOWN, "There is no such image here.");
    }
    images.delete(name);
    changed();
  }

  /** What was found not to be as it was left. */
  public List<String> findings() {
    return findings.all();
  }

  private void changed() {
    engine.kick();
    changes.happened();
  }
}
