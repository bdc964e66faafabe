package io.distri.node.backup;

import io.distri.protocol.Sha256;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a backup, see {@link BackupFormat}. Only when {@link #next} has returned null is it known
 * to be whole. Holds one page at a time. For one thread.
 */
public final class BackupReader {
  private final MessageDigest sum = Sha256.digest();
  private final DataInputStream in;
  private final BackupHead head;

  /**
   * Begins to read.
   *
   * @param stream is not closed
   * @throws DamagedBackupException where it is no backup
   */
  public BackupReader(InputStream stream) throws IOException {
    this.in = new DataInputStream(new DigestInputStream(stream, sum));
    if (magic() != BackupFormat.MAGIC) {
      throw new DamagedBackupException("this is no backup of this version of Distri");
    }
    this.head = frame(BackupHead.class, length());
  }

  private long magic() throws IOException {
    try {
      return in.readLong();
    } catch (EOFException tooShort) {
      return 0;
    }
  }

  public BackupHead head() {
    return head;
  }

  /**
   * The next page; null where all were read and the backup is whole.
   *
   * @throws DamagedBackupException where it isn't
   */
  public @Nullable BackupPage next() throws IOException {
    int length = length();
    if (length > 0) {
      return frame(BackupPage.class, length);
    }
    byte[] expected = sum.digest();
    byte[] written = in.readNBytes(BackupFormat.SUM_BYTES);
    if (written.length < BackupFormat.SUM_BYTES) {
      throw cutOff();
    }
    if (!Arrays.equals(expected, written)) {
      throw damaged();
    }
    if (in.read() >= 0) {
      throw new DamagedBackupException("the backup goes on after its end");
    }
    return null;
  }

  private int length() throws IOException {
    try {
      int length = in.readInt();
      if (length < 0 || length > BackupFormat.MAX_PAYLOAD_BYTES) {
        throw damaged();
      }
      return length;
    } catch (EOFException end) {
      throw cutOff();
    }
  }

  private <T> T frame(Class<T> type, int length) throws IOException {
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw cutOff();
    }
    try {
      return BackupFormat.WIRE.read(payload, type);
    } catch (IOException malformed) {
      throw damaged();
    }
  }

  private static DamagedBackupException cutOff() {
    return new DamagedBackupException("the backup is cut off");
  }

  private static DamagedBackupException damaged() {
    return new DamagedBackupException("the backup is damaged: it is not what was written");
  }
}
