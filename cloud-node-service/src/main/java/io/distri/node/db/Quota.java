package io.distri.node.db;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the heap documents may take, with what is kept beside them. Writes of clients end at
 * it, unless they make the DB smaller; what other nodes have acknowledged is taken beyond it, up to
 * a reserve. Says in the log when it comes near. Thread-safe.
 */
public final class Quota {
  /** What a document of 1 KB takes beside its JSON, measured by {@code FootprintTest}. */
  public static final int BOOKKEEPING_BYTES = 650;

  /** What a collection takes beside its documents, those that were dropped too. */
  public static final int COLLECTION_BYTES = 1024;

  /** As long as documents take as much as they like. */
  static final Quota NONE = new Quota(Long.MAX_VALUE / 2);

  /** The part of it from which on the DB is nearly full. */
  public static final double NEAR = 0.8;

  /** What was said of a level is said again after so much room was made. */
  private static final double ROOM_MADE = 0.1;

  private static final double RESERVE = 0.25;

  private static final Logger log = LoggerFactory.getLogger(Quota.class);

  private final long maxBytes;
  private boolean near;
  private boolean full;

  /**
   * @param maxBytes of documents and what is kept beside them
   */
  public Quota(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  long maxBytes() {
    return maxBytes;
  }

  /** Whether a client's write may make the DB that holds so much larger by so much. */
  boolean takes(long used, long growth) {
    return growth <= 0 || used + growth <= maxBytes;
  }

  /**
   * Checks what came from another node.
   *
   * @throws StorageException where it makes the DB larger than the reserve is
   */
  void requireReserve(long before, long after) {
    if (after > before && after > maxBytes + maxBytes * RESERVE) {
      throw StorageException.quotaSpent();
    }
  }

  /** Says what there is to say of so many bytes that are used. */
  synchronized void look(long used) {
    if (used > maxBytes * NEAR && !near) {
      near = true;
      log.warn(
          "the DB takes {} of the {} MB that distri.node.db.max-bytes allows it: writes that make it larger are refused beyond that; delete documents, or allow it more",
          used >> 20,
          maxBytes >> 20);
    }
    if (used > maxBytes && !full) {
      full = true;
      log.error(
          "the DB takes all {} MB that distri.node.db.max-bytes allows it: writes that make it larger are refused until documents are deleted, or it is allowed more",
          maxBytes >> 20);
    }
    near = near && used > maxBytes * (NEAR - ROOM_MADE);
    full = full && used > maxBytes * (1 - ROOM_MADE);
  }
}
