package io.distri.protocol.guard;

import java.util.HashMap;
import java.util.Map;

/**
 * So many places for callers, and so many of them for the callers of one {@link Source}. Safe for
 * use by many threads.
 */
public final class Places {
  private final int all;
  private final int share;
  private final Map<String, Integer> taken = new HashMap<>();
  private int sum;

  /**
   * @param all places
   * @param share of one source
   */
  public Places(int all, int share) {
    this.all = all;
    this.share = share;
  }

  /** What became of a caller who wanted a place. */
  public enum Outcome {
    /** It has one, until {@link #leave}. */
    TAKEN,
    /** Its source has its share. */
    SHARE_TAKEN,
    /** There is none left. */
    ALL_TAKEN
  }

  /**
   * Takes a place, if there is one.
   *
   * @param address of the caller, as the socket tells it
   */
  public synchronized Outcome take(String address) {
    String source = Source.of(address);
    int own = taken.getOrDefault(source, 0);
    if (own >= share) {
      return Outcome.SHARE_TAKEN;
    }
    if (sum >= all) {
      return Outcome.ALL_TAKEN;
    }
    taken.put(source, own + 1);
    sum++;
    return Outcome.TAKEN;
  }

  /** Gives a place back that was taken. */
  public synchronized void leave(String address) {
    taken.computeIfPresent(Source.of(address), (source, own) -> own == 1 ? null : own - 1);
    sum--;
  }

  /** How many places are taken. */
  public synchronized int taken() {
    return sum;
  }
}
