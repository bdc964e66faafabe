package io.distri.node.db;

import java.util.List;

/**
 * A node's own latest writes on their way to another: what they concern, as the sender holds it
 * now. Of what a document remembers, it leaves out what a receiver has that this joins on to and
 * that has not gone ahead of the sender's base.
 *
 * @param actor the sender's
 * @param from the actor's last seq that this doesn't cover; the receiver's vector joins on where it
 *     has reached this
 * @param to the actor's last seq that this covers
 * @param base digest of the sender's base, see {@link Coverage}
 */
public record Push(long actor, long from, long to, long base, List<Entry> entries)
    implements RecentWrites {
  public Push {
    entries = List.copyOf(entries);
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("a push covers a range, not " + from + " to " + to);
    }
  }

  /** The last write that this covers. */
  Dot end() {
    return new Dot(actor, to);
  }
}
