package io.distri.peer.entry;

/** Bounds of the numbers in entries, so that sums of them never overflow. */
public final class Limits {

  /** Most views at a time. */
  public static final int VIEWS = 1_000_000;

  /** Most views ever, and highest revision: beyond any clock in milliseconds. */
  static final long REVISION = 1L << 53;

  private Limits() {}

  static void between(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ": it must be between " + least + " and " + most);
    }
  }
}
