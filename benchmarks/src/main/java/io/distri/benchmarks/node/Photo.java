package io.distri.benchmarks.node;

import java.util.Random;

/** The image that nodes are measured with: 80 KB that don't compress and begin as a JPEG does. */
public final class Photo {

  private static final int BYTES = 80 * 1024;

  /** A node looks no further. */
  private static final byte[] START = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0};

  private Photo() {}

  /** Its bytes, the same each time. */
  public static byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    new Random(BYTES).nextBytes(bytes);
    System.arraycopy(START, 0, bytes, 0, START.length);
    return bytes;
  }
}
