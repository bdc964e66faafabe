package io.distri.node.db.storage;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first {@value #BYTES} bytes of a file: format, salt, the number of its first frame, checksum;
 * all big-endian.
 *
 * @param salt random, part of every checksum in the file: nobody who writes documents knows it, so
 *     no document can hold bytes that pass for a frame
 * @param first the number of the first frame
 */
record FileHeader(long salt, long first) {
  static final int BYTES = 28;

  /** "Distri", and the version of the format. */
  private static final long FORMAT = 0x4469_7374_7269_0002L;

  byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(FORMAT).putLong(salt).putLong(first);
    return bytes.putInt(checksum(bytes.array())).array();
  }

  /** Null where the bytes are not those of a header. */
  static @Nullable FileHeader parse(byte[] bytes) {
    if (bytes.length < BYTES) {
      return null;
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    long format = header.getLong();
    FileHeader parsed = new FileHeader(header.getLong(), header.getLong());
    return format == FORMAT && header.getInt() == checksum(bytes) ? parsed : null;
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, BYTES - Integer.BYTES);
    return (int) crc.getValue();
  }
}
