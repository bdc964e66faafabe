package io.distri.protocol.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Interleaves bytes: a 16-bit sample is the cover's byte, then the payload's. Four samples at a
 * time, spread over a {@code long} by shift and mask, which is what this costs at all.
 */
final class Hi16Samples implements SampleCodec {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EVERY_OTHER_PAIR = 0x0000FFFF_0000FFFFL;
  private static final long EVERY_OTHER_BYTE = 0x00FF00FF_00FF00FFL;

  @Override
  public void embed(
      byte[] payload, int first, byte[] cover, int coverAt, byte[] row, int rowAt, int count) {
    int i = 0;
    for (; i <= count - 4; i += 4) {
      long low = spread((int) INT.get(payload, first + i));
      long high = spread((int) INT.get(cover, coverAt + i));
      LONG.set(row, rowAt + 2 * i, low << 8 | high);
    }
    for (; i < count; i++) {
      row[rowAt + 2 * i] = cover[coverAt + i];
      row[rowAt + 2 * i + 1] = payload[first + i];
    }
  }

  @Override
  public void extract(byte[] row, int rowAt, byte[] payload, int first, int count) {
    int i = 0;
    for (; i <= count - 4; i += 4) {
      INT.set(payload, first + i, gather((long) LONG.get(row, rowAt + 2 * i) >>> 8));
    }
    for (; i < count; i++) {
      payload[first + i] = row[rowAt + 2 * i + 1];
    }
  }

  /** Puts a zero byte after each of the four bytes. */
  private static long spread(int bytes) {
    long x = Integer.toUnsignedLong(bytes);
    x = (x | x << 16) & EVERY_OTHER_PAIR;
    return (x | x << 8) & EVERY_OTHER_BYTE;
  }

  /** Takes every second of eight bytes, beginning with the first. */
  private static int gather(long bytes) {
    long x = bytes & EVERY_OTHER_BYTE;
    x = (x | x >>> 8) & EVERY_OTHER_PAIR;
    return (int) (x | x >>> 16);
  }
}
