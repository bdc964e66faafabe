package io.distri.node.sync;

import io.distri.node.db.Coverage;
import io.distri.node.db.Delta;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.Entry;
import io.distri.node.db.VersionVector;
import io.distri.node.sync.UpdateInfo.Page;
import io.distri.node.sync.UpdateInfo.Pull;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions in which others pull from this node: each ships one consistent snapshot in pages. A
 * session that is not continued is forgotten, and its puller begins again. Safe for use by many
 * threads.
 */
final class PullSessions {
  /** A puller asks for the next page at once; one that doesn't is gone. */
  private static final Duration KEPT = Duration.ofSeconds(30);

  /** Each holds a snapshot in memory; beyond it the oldest has to begin again. */
  private static final int OPEN = 16;

  private record Session(Iterator<List<Entry>> pages, Coverage snapshot, boolean anew, long nanos) {

    Session at(long now) {
      return new Session(pages, snapshot, anew, now);
    }
  }

  private final DocumentStore documents;
  private final LongSupplier clock;
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  /**
   * @param clock monotonic, in nanoseconds
   */
  PullSessions(DocumentStore documents, LongSupplier clock) {
    this.documents = documents;
    this.clock = clock;
  }

  /** The next page for a member that holds so much; null where its session is gone. */
  synchronized @Nullable Page page(String memberId, Pull pull, Coverage holds) {
    long now = clock.getAsLong();
    sessions.values().removeIf(session -> now - session.nanos > KEPT.toNanos());
    String id = pull.session();
    Session session;
    if (id == null) {
      boolean anew = !holds.covers(documents.version().base());
      Delta delta = documents.delta(pull.all() || anew ? Coverage.NOTHING : holds);
      id = memberId + ":" + UUID.randomUUID();
      session = new Session(delta.pages(), delta.version(), anew, now);
    } else {
      session = sessions.remove(id);
      if (session == null || !id.startsWith(memberId + ":")) {
        return null;
      }
    }
    List<Entry> entries = session.pages.hasNext() ? session.pages.next() : List.of();
    boolean last = !session.pages.hasNext();
    if (!last) {
      sessions.put(id, session.at(now));
      if (sessions.size() > OPEN) {
        sessions.remove(sessions.keySet().iterator().next());
      }
    }
    VersionVector base = session.snapshot.base();
    return new Page(
        id,
        entries,
        last,
        session.snapshot.recent(),
        base.equals(holds.base()) ? null : base,
        session.anew);
  }
}
