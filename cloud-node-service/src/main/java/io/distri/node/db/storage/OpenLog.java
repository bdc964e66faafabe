package io.distri.node.db.storage;

import io.distri.node.db.storage.FileName.Kind;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log file that is being written. For one thread at a time. */
final class OpenLog {
  private static final Logger log = LoggerFactory.getLogger(OpenLog.class);

  private final DiskFile file;
  private final long salt;
  private long safeBytes;

  private OpenLog(DiskFile file, long salt) {
    this.file = file;
    this.salt = salt;
    this.safeBytes = FileHeader.BYTES;
  }

  /**
   * Begins a file, whose header is safe when this returns: so one without a header never had a
   * frame.
   *
   * @throws TakenBackException where there is no such file now
   */
  static OpenLog begin(Disk disk, long first, long salt) throws IOException {
    String name = new FileName(Kind.LOG, first).toString();
    DiskFile file;
    try {
      file = disk.create(name);
    } catch (IOException e) {
      throw removed(disk, name, e);
    }
    try {
      file.append(new FileHeader(salt, first).toBytes());
      file.sync();
      return new OpenLog(file, salt);
    } catch (IOException e) {
      file.close();
      throw removed(disk, name, e);
    }
  }

  private static IOException removed(Disk disk, String name, IOException why) {
    try {
      if (disk.names().contains(name)) {
        disk.delete(name);
      }
      return new TakenBackException(why);
    } catch (IOException e) {
      why.addSuppressed(e);
      return why;
    }
  }

  /**
   * Writes a frame, which is safe when this returns.
   *
   * @throws TakenBackException where nothing is left of it
   * @throws IOException where it may be there after a crash
   */
  void write(Frame frame) throws IOException {
    try {
      file.append(frame.toBytes(salt));
    } catch (IOException e) {
      takeBack(e);
    }
    file.sync();
    safeBytes += frame.size();
  }

  private void takeBack(IOException why) throws IOException {
    try {
      file.truncate(safeBytes);
      file.sync();
    } catch (IOException e) {
      why.addSuppressed(e);
      throw why;
    }
    throw new TakenBackException(why);
  }

  void close() {
    try {
      file.close();
    } catch (IOException e) {
      log.warn("a log file could not be closed; all that it holds is safe", e);
    }
  }
}
