package io.distri.peer.web;

import io.distri.peer.entry.CatalogEntry;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.operations.Peer;
import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;
import java.util.List;
import java.util.Locale;

/** What the page shows, in words. */
public record PageModel(
    List<Request> inbox,
    List<Request> pending,
    List<Share> available,
    List<Share> shared,
    List<Image> gallery,
    List<Own> own,
    List<String> findings,
    int page,
    int pages) {

  private static final int PAGE_SIZE = 24;

  /** A request that waits. */
  public record Request(
      PeerId provider, PeerId user, String resource, int views, String thumbnail) {}

  /** A grant, as one of its sides sees it. */
  public record Share(
      PeerId provider,
      PeerId user,
      String resource,
      long left,
      long spent,
      GrantEntry.Answer answer,
      boolean here,
      String thumbnail) {}

  /** A published image. */
  public record Image(
      PeerId owner, String name, String facts, String thumbnail, boolean asked, long left) {}

  /** An image in the own folder. */
  public record Own(String name, String facts, String thumbnail) {}

  static PageModel of(Peer peer, int page) {
    List<CatalogEntry> published = peer.fetchCatalog(page, PAGE_SIZE);
    int pages = Math.max(1, (peer.catalogSize() + PAGE_SIZE - 1) / PAGE_SIZE);
    List<RequestEntry> pending = peer.pendingApproval();
    List<Peer.Shared> available = peer.availableResources();
    return new PageModel(
        peer.inbox().stream().map(request -> request(peer, request)).toList(),
        pending.stream().map(request -> request(peer, request)).toList(),
        available.stream().map(share -> share(peer, share)).toList(),
        peer.sharedImages().stream().map(share -> share(peer, share)).toList(),
        published.stream()
            .filter(image -> !image.owner().equals(peer.id()))
            .map(image -> image(image, pending, available))
            .toList(),
        peer.ownImages().stream()
            .map(image ->
                new Own(
                    image.name().text(),
                    size(image.size()),
                    thumbnail(peer, peer.id(), image.name())))
            .toList(),
        peer.findings(),
        page,
        pages);
  }

  private static Request request(Peer peer, RequestEntry request) {
    return new Request(
        request.provider(),
        request.user(),
        request.resource().text(),
        request.views(),
        thumbnail(peer, request.provider(), request.resource()));
  }

  private static Share share(Peer peer, Peer.Shared share) {
    GrantEntry grant = share.grant();
    return new Share(
        grant.provider(),
        grant.user(),
        grant.resource().text(),
        share.left(),
        share.spent(),
        grant.answer(),
        share.here(),
        thumbnail(peer, grant.provider(), grant.resource()));
  }

  private static Image image(
      CatalogEntry image, List<RequestEntry> pending, List<Peer.Shared> available) {
    boolean asked =
        pending.stream()
            .anyMatch(request ->
                request.provider().equals(image.owner())
                    && request.resource().equals(image.name()));
    long left =
        available.stream()
            .filter(share ->
                share.grant().provider().equals(image.owner())
                    && share.grant().resource().equals(image.name()))
            .mapToLong(Peer.Shared::left)
            .sum();
    return new Image(
        image.owner(), image.name().text(), facts(image), thumbnail(image), asked, left);
  }

  private static String thumbnail(Peer peer, PeerId owner, ResourceName name) {
    return peer.published(owner, name).map(PageModel::thumbnail).orElse("");
  }

  /** Where the thumbnail is; empty where there is none. */
  private static String thumbnail(CatalogEntry image) {
    return image.thumbnail().isEmpty() ? "" : "/thumbnail";
  }

  private static String facts(CatalogEntry image) {
    String pixels = image.width() == 0 ? "" : image.width() + " × " + image.height() + ", ";
    return pixels + size(image.size());
  }

  static String size(long bytes) {
    if (bytes < 1_000_000) {
      return Math.max(1, bytes / 1000) + " KB";
    }
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
