package io.distri.peer.sharing;

import io.distri.peer.book.Book;
import io.distri.peer.book.Findings;
import io.distri.peer.book.Held;
import io.distri.peer.entry.CatalogEntry;
import io.distri.peer.entry.Entry;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.ParcelEntry;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.Signed;
import io.distri.peer.entry.UseEntry;
import io.distri.peer.entry.UserEntry;
import io.distri.peer.progress.Progress;
import io.distri.peer.progress.Step;
import io.distri.peer.vault.PeerId;

/**
 * Takes into the book what others, or the directory, show of entries that concern this peer, and
 * notices what was edited. Signatures were checked before.
 */
public final class Witness {
  private final PeerId self;
  private final Book book;
  private final Requests requests;
  private final Findings findings;
  private final Progress progress;

  public Witness(PeerId self, Book book, Requests requests, Findings findings, Progress progress) {
    this.self = self;
    this.book = book;
    this.requests = requests;
    this.findings = findings;
    this.progress = progress;
  }

  /** Takes an entry in where it concerns this peer; tells whether it is news. */
  public boolean takeIn(Signed<Entry> signed) {
    return switch (signed.entry()) {
      case RequestEntry request when request.provider().equals(self) ->
          signed.as(RequestEntry.class).filter(this::takenIn).isPresent();
      case GrantEntry grant when concerns(grant) -> takeInGrant(grant, signed);
      case UseEntry use when use.user().equals(self) -> takeInOwn(use, signed);
      case UseEntry use when use.provider().equals(self) && isGranted(use) ->
          takeInTheirs(use, signed);
      case RequestEntry request -> request.user().equals(self) && book.accept(signed);
      case UserEntry user -> user.peer().equals(self) && book.accept(signed);
      case UseEntry other -> false;
      case GrantEntry other -> false;
      case CatalogEntry image -> false;
      case ParcelEntry parcel -> false;
    };
  }

  private boolean takenIn(Signed<RequestEntry> request) {
    try {
      return requests.takeIn(request);
    } catch (RefusedException notForUs) {
      return false;
    }
  }

  /** Answers that nobody asked for are nobody's business. */
  private boolean concerns(GrantEntry grant) {
    return grant.provider().equals(self)
        || (grant.user().equals(self) && book.request(grant.share()).isPresent());
  }

  private boolean takeInGrant(GrantEntry grant, Signed<Entry> signed) {
    boolean news = book.accept(signed);
    if (news && grant.user().equals(self)) {
      progress.reached(Step.GRANT_RECEIVED, grant.share());
    }
    return news;
  }

  private boolean isGranted(UseEntry use) {
    return book.grant(use.share()).isPresent();
  }

  /** The ledger is written before the directory, so it never says less unless it was edited. */
  private boolean takeInOwn(UseEntry use, Signed<Entry> signed) {
    long known = book.spent(use.share());
    boolean news = book.accept(signed);
    if (news) {
      findings.add(
          "The ledger on this machine said %s of your views of %s were spent, the directory says %s:"
                  .formatted(known, use.resource(), use.spent())
              + " the directory's count.");
    }
    return news;
  }

  /**
   * An older count is no evidence: messages overtake each other, and anybody can show an old one
   * again. But no program signs twice for the same count unless its ledger was wound back.
   */
  private boolean takeInTheirs(UseEntry use, Signed<Entry> signed) {
    boolean twice =
        book.find(use.uuid(), UseEntry.class)
            .map(Held::signed)
            .filter(known -> known.entry().equals(use))
            .filter(known -> !Signatures.isSameSignature(known.jws(), signed.jws()))
            .isPresent();
    if (twice) {
      findings.add(
          "%s has signed twice that %s views of %s were spent: somebody wound the ledger there back."
              .formatted(use.user().name(), use.spent(), use.resource()));
    }
    boolean news = book.accept(signed);
    if (news) {
      progress.reached(Step.USE_RECEIVED, use.share());
    }
    return news;
  }
}
