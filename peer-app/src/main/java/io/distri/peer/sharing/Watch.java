package io.distri.peer.sharing;

import io.distri.client.DistriException;
import io.distri.client.DocumentChange;
import io.distri.client.DocumentChanges;
import io.distri.peer.directory.Directory;
import io.distri.peer.directory.Found;
import io.distri.peer.directory.Shelf;
import io.distri.peer.entry.Entry;
import io.distri.peer.entry.Signed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Listens to the directory's changes, so that nobody has to read it again and again. A change is
 * told without the document's siblings, and it may be one of them that counts: so a document that
 * is news is read once more, with them. Where listening breaks off for long, everything is looked
 * at from time to time until it has gone well for a while.
 */
public final class Watch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);

  /** A stream that no node serves is noticed within a client's deadline, 5 s here. */
  private static final Duration SETTLED = Duration.ofSeconds(6);

  /**
   * Even then everything is looked at this often: the node that is read from may be behind the one
   * that is listened to.
   */
  private static final Duration TRUST = Duration.ofMinutes(5);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Directory directory;
  private final Mirror mirror;
  private final Map<Shelf, DocumentChanges> open = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private Runnable news = () -> {};
  private boolean started;
  private volatile long lostNanos;
  private volatile long lookedNanos;

  public Watch(Directory directory, Mirror mirror) {
    this.directory = directory;
    this.mirror = mirror;
  }

  /** Has somebody, who must be quick, told of changes that concern this peer. */
  public void onNews(Runnable listener) {
    news = listener;
  }

  /**
   * Brings the mirror up to date where listening alone does not keep it so.
   *
   * @throws DistriException where the cloud does not answer
   */
  synchronized void catchUp() {
    long now = System.nanoTime();
    if (started && now - lostNanos > SETTLED.toNanos() && now - lookedNanos < TRUST.toNanos()) {
      return;
    }
    mirror.look(directory);
    lookedNanos = now;
    if (!started) {
      started = true;
      lostNanos = System.nanoTime();
      for (Shelf shelf : Shelf.values()) {
        Thread.ofVirtual().name("watch " + shelf).start(() -> watch(shelf));
      }
    }
  }

  private void watch(Shelf shelf) {
    while (closing.getCount() > 0) {
      try (DocumentChanges changes = directory.changes(shelf)) {
        open.put(shelf, changes);
        while (closing.getCount() > 0 && changes.hasNext()) {
          take(shelf, changes.next());
        }
      } catch (DistriException | JacksonException broken) {
        log.debug("{} can't be listened to", shelf, broken);
      }
      if (closing.getCount() > 0) {
        lostNanos = System.nanoTime();
        directory.lost();
        news.run();
      }
      pause();
    }
  }

  private void take(Shelf shelf, DocumentChange change) {
    if (change.document() == null) {
      mirror.tellGone(shelf, change.uuid());
      news.run();
      return;
    }
    Found found = directory.found(change.document());
    if (!mirror.isOldNews(shelf, found)) {
      mirror.tell(shelf, withSiblings(shelf, found));
      news.run();
    }
  }

  private Found withSiblings(Shelf shelf, Found found) {
    List<Signed<Entry>> entries = new ArrayList<>(found.entries());
    directory.find(shelf, found.uuid()).ifPresent(all -> entries.addAll(all.entries()));
    return new Found(found.uuid(), found.jws(), entries);
  }

  private void pause() {
    try {
      closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    open.values().forEach(DocumentChanges::close);
  }
}
