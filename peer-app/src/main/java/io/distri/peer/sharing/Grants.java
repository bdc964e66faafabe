package io.distri.peer.sharing;

import io.distri.peer.book.Book;
import io.distri.peer.book.Held;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.Limits;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.entry.Signatures;
import io.distri.peer.vault.Keys;
import java.util.Optional;

/** The answers that this peer gives, and the changes that it makes to them later. */
public final class Grants {
  private final Keys keys;
  private final Signatures signatures;
  private final Book book;

  public Grants(Keys keys, Signatures signatures, Book book) {
    this.keys = keys;
    this.signatures = signatures;
    this.book = book;
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
    write(share, total, before, request.asked(), views == 0);
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
    if (total != before.views() || before.denied()) {
      write(share, total, Optional.of(before), before.asked(), false);
    }
  }

  /** Has the grant, and the image where it is missing, brought to its user once more. */
  public void deliverAgain(ShareKey share) {
    book.grant(share).ifPresent(grant -> book.told(grant.entry(), false));
  }

  private void write(
      ShareKey share, long total, Optional<GrantEntry> before, long asked, boolean denied) {
    long revision = before.map(GrantEntry::revision).orElse(0L) + 1;
    book.accept(
        signatures.sign(
            new GrantEntry(
                share.provider(), share.user(), share.resource(), total, revision, asked, denied),
            keys));
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
