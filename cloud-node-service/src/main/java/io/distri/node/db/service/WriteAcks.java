package io.distri.node.db.service;

import io.distri.node.db.VersionVector;
import java.time.Duration;

/** Tells when enough nodes hold a write. */
public interface WriteAcks {

  /**
   * How far a write came.
   *
   * @param copies nodes that hold it, this one included
   * @param needed how many had to
   * @param voters how many count
   */
  record Acked(int copies, int needed, int voters) {
    public boolean enough() {
      return copies >= needed;
    }
  }

  /** Sends this node's newest writes out; returns at once. */
  void send();

  /** How far a write could come as of now: only nodes that answer can take a copy. */
  Acked inReach();

  /**
   * Waits until enough nodes hold the writes, so many don't answer that it can't come to that, or
   * the patience ends.
   */
  Acked await(VersionVector writes, Duration patience) throws InterruptedException;

  /** All that other nodes said they hold, this node's copy of it or not. */
  VersionVector told();
}
