package io.distri.peer.sharing;

import io.distri.peer.book.Book;
import io.distri.peer.book.Held;
import io.distri.peer.catalog.OwnImages;
import io.distri.peer.entry.CatalogEntry;
import io.distri.peer.entry.Limits;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.Signed;
import io.distri.peer.progress.Progress;
import io.distri.peer.progress.Step;
import io.distri.peer.vault.Keys;
import io.distri.peer.vault.ResourceName;
import java.time.Clock;
import java.time.Duration;

/** Requests: those that this peer makes, and those that others make to it. */
public final class Requests {

  /** Open ones; more than a person answers. */
  private static final int MOST = 1000;

  /** Open ones of one peer. */
  private static final int MOST_OF_ONE = 100;

  /** As far as clocks may differ; a request from the future would outlive all later ones. */
  private static final Duration AHEAD = Duration.ofHours(24);

  private final Keys keys;
  private final Signatures signatures;
  private final Book book;
  private final OwnImages images;
  private final Clock clock;
  private final Progress progress;

  public Requests(
      Keys keys,
      Signatures signatures,
      Book book,
      OwnImages images,
      Clock clock,
      Progress progress) {
    this.keys = keys;
    this.signatures = signatures;
    this.book = book;
    this.images = images;
    this.clock = clock;
    this.progress = progress;
  }

  /** Asks for views. Asking for as many once more, before there was an answer, changes nothing. */
  public synchronized void make(ShareKey share, int views) {
    if (share.provider().equals(keys.id())) {
      throw refused(RefusedException.Reason.MALFORMED, "Your own images are yours to see.");
    }
    if (views < 1 || views > Limits.VIEWS) {
      throw refused(RefusedException.Reason.MALFORMED, "Ask for 1 to " + Limits.VIEWS + " views.");
    }
    long asked = clock.millis();
    Held<RequestEntry> before = book.request(share).orElse(null);
    if (before != null) {
      if (book.isOpen(before) && before.entry().views() == views) {
        return;
      }
      asked = Math.max(asked, before.entry().asked() + 1);
    }
    book.accept(
        signatures.sign(
            new RequestEntry(share.provider(), share.user(), share.resource(), views, asked),
            keys));
    progress.reached(Step.REQUESTED, share);
  }

  /**
   * Takes in a request that somebody made to this peer.
   *
   * @return whether it is news
   * @throws RefusedException where it can't be one
   */
  public synchronized boolean takeIn(Signed<RequestEntry> request) {
    RequestEntry entry = request.entry();
    if (!entry.provider().equals(keys.id())) {
      throw refused(RefusedException.Reason.FORBIDDEN, "This request is for another peer.");
    }
    if (entry.asked() > clock.millis() + AHEAD.toMillis()) {
      throw refused(RefusedException.Reason.MALFORMED, "This request is from the future.");
    }
    if (images.find(entry.resource()).isEmpty() && !wasPublished(entry.resource())) {
      throw refused(RefusedException.Reason.UNKNOWN, "There is no such image here.");
    }
    boolean answered =
        book.grant(entry.share())
            .map(grant -> grant.entry().asked() >= entry.asked())
            .orElse(false);
    if (answered) {
      return false;
    }
    if (book.request(entry.share()).isEmpty() && isFull(entry)) {
      throw refused(RefusedException.Reason.FORBIDDEN, "Too many requests wait for an answer.");
    }
    boolean news = book.accept(request);
    if (news) {
      progress.reached(Step.REQUEST_RECEIVED, entry.share());
    }
    return news;
  }

  /** Who asks for what was deleted meanwhile gets an answer, too. */
  private boolean wasPublished(ResourceName name) {
    return book.find(keys.id() + "|" + name, CatalogEntry.class).isPresent();
  }

  private boolean isFull(RequestEntry entry) {
    long all = 0;
    long ofOne = 0;
    for (Held<RequestEntry> request : book.all(RequestEntry.class)) {
      if (request.entry().provider().equals(keys.id()) && book.isOpen(request)) {
        all++;
        ofOne += request.entry().user().equals(entry.user()) ? 1 : 0;
      }
    }
    return all >= MOST || ofOne >= MOST_OF_ONE;
  }

  private static RefusedException refused(RefusedException.Reason reason, String message) {
    return new RefusedException(reason, message);
  }
}
