package io.distri.node.db;

import java.time.Duration;

/** What taking in another node's entries came to. */
public sealed interface ApplyOutcome {

  /**
   * They are merged.
   *
   * @param changed how many of them brought anything new
   * @param joined false for a push that left a gap before it: the vector stays, and a pull has to
   *     fill the gap
   */
  record Applied(int changed, boolean joined) implements ApplyOutcome {}

  /**
   * The sender's timestamps are too far ahead of this node's clock; nothing was merged. Offer them
   * again later.
   *
   * @param lead by how much
   */
  record HeldBack(Duration lead) implements ApplyOutcome {}
}
