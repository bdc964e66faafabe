package io.distri.node.db.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A checksummed piece of a file, written by one sync: mark, length of the payload, number, checksum
 * of all of that and the file's salt, payload.
 *
 * @param number one more than that of the frame before
 */
record Frame(long number, byte[] payload) {
  static final int HEADER_BYTES = 20;

  /** How each frame begins, so that one can be found behind bytes that are none. */
  static final int MARK = 0xD157_A106;

  byte[] toBytes(long salt) {
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_BYTES + payload.length)
            .putInt(MARK)
            .putInt(payload.length)
            .putLong(number);
    return bytes.putInt(checksum(salt, number, payload)).put(payload).array();
  }

  /** Bytes in the file. */
  long size() {
    return HEADER_BYTES + (long) payload.length;
  }

  /**
   * Reads the next frame.
   *
   * @param room bytes that are left in the file
   * @return null where there is none, or not a whole one
   */
  static @Nullable Frame read(InputStream in, long salt, long room) throws IOException {
    byte[] start = in.readNBytes(HEADER_BYTES);
    if (start.length < HEADER_BYTES) {
      return null;
    }
    ByteBuffer header = ByteBuffer.wrap(start);
    int mark = header.getInt();
    int length = header.getInt();
    long number = header.getLong();
    int checksum = header.getInt();
    if (mark != MARK || length < 0 || length > room - HEADER_BYTES) {
      return null;
    }
    byte[] payload = in.readNBytes(length);
    return payload.length == length && checksum == checksum(salt, number, payload)
        ? new Frame(number, payload)
        : null;
  }

  private static int checksum(long salt, long number, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
            .putLong(salt)
            .putLong(number)
            .putInt(payload.length)
            .flip());
    crc.update(payload);
    return (int) crc.getValue();
  }
}
