package io.distri.node.db;

/**
 * The arithmetic of hybrid logical timestamps: 48 bits of milliseconds since 1970, then 16 bits
 * that count within the millisecond. A timestamp is a plain {@code long} that compares as such;
 * adding 1 to it gives the next, which rolls over into the milliseconds when the counter is full.
 *
 * <p>After Kulkarni et al., "Logical Physical Clocks", 2014.
 */
public final class Hlc {
  private static final int COUNTER_BITS = 16;

  private Hlc() {}

  /** The first timestamp of a millisecond. */
  public static long of(long epochMillis) {
    return epochMillis << COUNTER_BITS;
  }

  /** The millisecond of a timestamp. */
  public static long epochMillis(long hlc) {
    return hlc >>> COUNTER_BITS;
  }
}
