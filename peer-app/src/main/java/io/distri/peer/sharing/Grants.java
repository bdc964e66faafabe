package io.distri.peer.sharing;

import io.distri.peer.book.Book;
import io.distri.peer.book.Held;
import io.distri.peer.catalog.OwnImages;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.GrantEntry.Answer;
import io.distri.peer.entry.Limits;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.entry.Signatures;
import io.distri.peer.progress.Progress;
import io.distri.peer.progress.Step;
import io.distri.peer.vault.Keys;
import java.util.Optional;

/** The answers that this peer gives, and the changes that it makes to them later. */
public final class Grants {
  private final Keys keys;
  private final Signatures signatures;
  private final Book book;
  private final OwnImages images;
  private final Progress progress;

  public Grants(Keys keys, Signatures signatures, Book book, OwnImages images, Progress progress) {
    this.keys = keys;
    this.signatures = signatures;
    this.book = book;
    this.images = images;
    this.progress = progress;
  }

  /**
   * Answers the open request. Answering one that is answered already changes nothing.
   *
   * @param views to add to what is left; 0 denies
   */
  public synchronized void answer(ShareKey share, int views) {
    check(views);
    RequestEntry request =
        book.request(share)
            .map(Held::entry)
            .orElseThrow(() -> unknown("There is no such request."));
    Optional<GrantEntry> before = book.grant(share).map(Held::entry);
    if (before.isPresent() && before.get().asked() >= request.asked()) {
      return;
    }
    long granted = before.map(GrantEntry::views).orElse(0L);
    long total = views == 0 ? granted : Math.max(granted, book.spent(share)) + views;
    write(share, total, before, request.asked(), views == 0 ? Answer.DENIED : Answer.GIVEN);
  }

  /** Answers the requests for images that are here no more; tells whether there were any. */
  synchronized boolean answerForDeleted() {
    boolean any = false;
    for (Held<RequestEntry> request : book.all(RequestEntry.class)) {
      ShareKey share = request.entry().share();
      if (share.provider().equals(keys.id())
          && book.isOpen(request)
          && images.isGone(share.resource())) {
        Optional<GrantEntry> before = book.grant(share).map(Held::entry);
        long granted = before.map(GrantEntry::views).orElse(0L);
        write(share, granted, before, request.entry().asked(), Answer.DELETED);
        any = true;
      }
    }
    return any;
  }

  /** Ends a grant whose image its user never got, and which is here no more. */
  public synchronized void endUndeliverable(ShareKey share) {
    Optional<GrantEntry> before = book.grant(share).map(Held::entry);
    long spent = book.spent(share);
    if (before.isPresent()
        && before.get().remaining(spent) > 0
        && images.isGone(share.resource())) {
      write(share, spent, before, before.get().asked(), Answer.DELETED);
    }
  }

  /**
   * Changes what is left of a grant.
   *
   * @param left views; 0 revokes
   */
  public synchronized void change(ShareKey share, int left) {
    check(left);
    GrantEntry before =
        book.grant(share).map(Held::entry).orElseThrow(() -> unknown("There is no such grant."));
    long total = book.spent(share) + left;
    if (total != before.views() || before.answer() != Answer.GIVEN) {
      write(share, total, Optional.of(before), before.asked(), Answer.GIVEN);
    }
  }

  /** Has the grant, and the image where it is missing, brought to its user once more. */
  public void deliverAgain(ShareKey share) {
    book.grant(share).ifPresent(grant -> book.told(grant.entry(), false));
  }

  private void write(
      ShareKey share, long total, Optional<GrantEntry> before, long asked, Answer answer) {
    long revision = before.map(GrantEntry::revision).orElse(0L) + 1;
    book.accept(
        signatures.sign(
            new GrantEntry(
                share.provider(), share.user(), share.resource(), total, revision, asked, answer),
            keys));
    progress.reached(Step.GRANTED, share);
  }

  private static void check(int views) {
    if (views < 0 || views > Limits.VIEWS) {
      throw new RefusedException(
          RefusedException.Reason.MALFORMED, "Give 0 to " + Limits.VIEWS + " views.");
    }
  }

  private static RefusedException unknown(String message) {
    return new RefusedException(RefusedException.Reason.UNKNOWN, message);
  }
}
