package io.distri.node.db.storage;

import io.distri.node.db.JournalRecord;
import io.distri.node.db.storage.FileName.Kind;
import java.io.IOException;
import java.util.Iterator;

/** Writes a snapshot, and removes what it replaces. */
final class SnapshotWriter {
  private final Disk disk;
  private final long next;
  private final long salt;

  /**
   * @param next the number of the first frame that isn't in the snapshot
   */
  SnapshotWriter(Disk disk, long next, long salt) {
    this.disk = disk;
    this.next = next;
    this.salt = salt;
  }

  /** Returns the size in bytes. */
  long write(Iterator<JournalRecord> records) throws IOException {
    String unfinished = new FileName(Kind.UNFINISHED, next).toString();
    long bytes;
    try (DiskFile file = disk.create(unfinished)) {
      bytes = write(records, file);
      file.sync();
    } catch (IOException e) {
      if (disk.names().contains(unfinished)) {
        disk.delete(unfinished);
      }
      throw e;
    }
    disk.rename(unfinished, new FileName(Kind.SNAPSHOT, next).toString());
    for (String name : disk.names()) {
      FileName file = FileName.parse(name);
      if (file != null && file.number() < next) {
        disk.delete(name);
      }
    }
    return bytes;
  }

  private long write(Iterator<JournalRecord> records, DiskFile file) throws IOException {
    file.append(new FileHeader(salt, next).toBytes());
    long bytes = FileHeader.BYTES;
    long number = next;
    while (records.hasNext()) {
      Frame frame = new Frame(number++, RecordCodec.toBytes(records.next()));
      file.append(frame.toBytes(salt));
      bytes += frame.size();
    }
    Frame end = new Frame(number, new byte[0]);
    file.append(end.toBytes(salt));
    return bytes + end.size();
  }
}
