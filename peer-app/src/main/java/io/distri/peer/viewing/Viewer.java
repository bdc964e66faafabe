package io.distri.peer.viewing;

import io.distri.client.DistriException;
import io.distri.peer.book.Book;
import io.distri.peer.book.Findings;
import io.distri.peer.book.Held;
import io.distri.peer.directory.Directory;
import io.distri.peer.directory.Found;
import io.distri.peer.entry.Entry;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.Signed;
import io.distri.peer.entry.UseEntry;
import io.distri.peer.progress.Progress;
import io.distri.peer.progress.Step;
import io.distri.peer.sharing.RefusedException;
import io.distri.peer.sharing.Witness;
import io.distri.peer.transfer.Borrowed;
import io.distri.peer.vault.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes views of borrowed images. A view is on the disk as spent before a byte of the image is
 * shown: a crash in between costs a view and never gives one. Safe for use by many threads.
 */
public final class Viewer {
  private static final Logger log = LoggerFactory.getLogger(Viewer.class);

  private final Keys keys;
  private final Book book;
  private final Directory directory;
  private final Signatures signatures;
  private final Witness witness;
  private final Borrowed borrowed;
  private final Findings findings;
  private final Progress progress;
  private final Map<ShareKey, Integer> open = new ConcurrentHashMap<>();

  public Viewer(
      Keys keys,
      Book book,
      Directory directory,
      Signatures signatures,
      Witness witness,
      Borrowed borrowed,
      Findings findings,
      Progress progress) {
    this.keys = keys;
    this.book = book;
    this.directory = directory;
    this.signatures = signatures;
    this.witness = witness;
    this.borrowed = borrowed;
    this.findings = findings;
    this.progress = progress;
  }

  /**
   * Takes one view. The caller shows the image, once, and closes.
   *
   * @throws RefusedException where there is none to take
   */
  public synchronized View take(ShareKey share) {
    askDirectory(share);
    GrantEntry grant =
        book.grant(share)
            .map(Held::entry)
            .orElseThrow(() -> refused("You were not given this image."));
    long spent = book.spent(share);
    if (grant.remaining(spent) == 0) {
      tidy();
      throw refused("You have no views of this image left.");
    }
    requireGenuine(share);
    progress.reached(Step.VIEW_CHECKED, share);
    UseEntry use = new UseEntry(share.provider(), share.user(), share.resource(), spent + 1);
    Signed<UseEntry> signed = signatures.sign(use, keys);
    book.accept(signed);
    progress.reached(Step.VIEW_SPENT, share);
    tellDirectory(signed);
    progress.reached(Step.VIEW_REPORTED, share);
    open.merge(share, 1, Integer::sum);
    return new View(
        borrowed.file(share),
        keys.age(),
        grant.remaining(spent + 1),
        () -> progress.reached(Step.VIEW_SHOWN, share),
        () -> close(share));
  }

  /** What the directory has on it comes into the book first. */
  private void askDirectory(ShareKey share) {
    if (!directory.online()) {
      return;
    }
    try {
      for (Found found : directory.permissions(share)) {
        found.entries().forEach(witness::takeIn);
      }
    } catch (DistriException offline) {
      log.info("the directory does not answer: the ledger here counts");
    }
  }

  private void tellDirectory(Signed<UseEntry> use) {
    if (!directory.online()) {
      return;
    }
    try {
      directory.publish(new Signed<Entry>(use.entry(), use.jws(), use.keyId()));
    } catch (DistriException offline) {
      log.info("the directory does not answer: a view is reported later");
    }
  }

  private void requireGenuine(ShareKey share) {
    if (!borrowed.has(share)) {
      throw new RefusedException(
          RefusedException.Reason.UNREACHABLE,
          "The image is not here yet: it comes when its owner is there. No view was taken.");
    }
    if (!borrowed.isGenuine(share)) {
      borrowed.remove(share);
      findings.add(
          "The file of %s here was not the one that %s sent: it was thrown away and is asked for again."
              .formatted(share.resource(), share.provider().name()));
      throw refused("The file here was not the one that its owner sent. No view was taken.");
    }
  }

  private synchronized void close(ShareKey share) {
    open.merge(share, -1, (count, less) -> count + less == 0 ? null : count + less);
    tidy();
  }

  /** Deletes the images of which no view is left. */
  public synchronized void tidy() {
    List<ShareKey> spent = new ArrayList<>();
    for (Held<GrantEntry> grant : book.all(GrantEntry.class)) {
      ShareKey share = grant.entry().share();
      if (share.user().equals(keys.id())
          && grant.entry().remaining(book.spent(share)) == 0
          && !open.containsKey(share)) {
        spent.add(share);
      }
    }
    spent.forEach(borrowed::remove);
  }

  private static RefusedException refused(String message) {
    return new RefusedException(RefusedException.Reason.FORBIDDEN, message);
  }
}
