package io.distri.node.db.storage;

import io.distri.node.db.JournalRecord;
import io.distri.node.db.storage.FileName.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what earlier starts left, and removes what a crash left half done. */
final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private final Disk disk;
  private final Consumer<JournalRecord> replica;
  private long next = 1;
  private long snapshotBytes;
  private long logBytes;

  /** Whether the last frame was one without a record. */
  private boolean ended;

  Recovery(Disk disk, Consumer<JournalRecord> replica) {
    this.disk = disk;
    this.replica = replica;
  }

  /**
   * What there is.
   *
   * @param next the number of the next frame
   * @param snapshotBytes size of the snapshot
   * @param logBytes size of the logs since
   */
  record Found(long next, long snapshotBytes, long logBytes) {}

  /**
   * Hands out all records in order.
   *
   * @throws CorruptException where something that was safe on disk is damaged or gone; nothing was
   *     changed then that could help to repair it
   */
  Found run() throws IOException {
    List<FileName> logs = new ArrayList<>();
    List<FileName> snapshots = new ArrayList<>();
    for (String name : disk.names()) {
      FileName file = FileName.parse(name);
      if (file != null && file.kind() == Kind.UNFINISHED) {
        disk.delete(name);
      } else if (file != null) {
        (file.kind() == Kind.LOG ? logs : snapshots).add(file);
      }
    }
    snapshots.sort(Comparator.comparingLong(FileName::number));
    if (!snapshots.isEmpty()) {
      readSnapshot(snapshots.removeLast());
    }
    logs.sort(Comparator.comparingLong(FileName::number));
    long start = next;
    for (FileName file : logs) {
      if (file.number() >= start) {
        readLog(file, file.equals(logs.getLast()));
      }
    }
    snapshots.addAll(logs.stream().filter(file -> file.number() < start).toList());
    for (FileName replaced : snapshots) {
      disk.delete(replaced.toString());
    }
    return new Found(next, snapshotBytes, logBytes);
  }

  private void readSnapshot(FileName name) throws IOException {
    FrameFile file = FrameFile.open(disk, name.toString());
    FrameFile.Extent extent = file.read(name.number(), this::replay);
    if (!ended || extent.end() != file.size()) {
      throw new CorruptException(name + " is damaged at byte " + extent.end());
    }
    next = name.number();
    snapshotBytes = file.size();
  }

  private void readLog(FileName name, boolean last) throws IOException {
    FrameFile file = FrameFile.open(disk, name.toString());
    if (last && file.isUnborn()) {
      disk.delete(file.name());
      return;
    }
    if (name.number() != next) {
      throw new CorruptException(
          new FileName(Kind.LOG, next) + " is missing: " + name + " comes instead");
    }
    FrameFile.Extent extent = file.read(next, this::replay);
    if (extent.end() < file.size()) {
      if (!last || file.hasFrameAfter(extent.end())) {
        throw new CorruptException(name + " is damaged at byte " + extent.end());
      }
      log.warn(
          "{} ends in {} bytes of a write that was not acknowledged before the process or the machine stopped: cut off",
          name,
          file.size() - extent.end());
    }
    if (extent.frames() == 0) {
      disk.delete(file.name());
    } else if (extent.end() < file.size()) {
      disk.truncate(file.name(), extent.end());
    }
    next += extent.frames();
    logBytes += extent.end();
  }

  /** A snapshot ends in a frame without a record. */
  private void replay(Frame frame) throws IOException {
    ended = frame.payload().length == 0;
    if (!ended) {
      replica.accept(RecordCodec.parse(frame.payload()));
    }
  }
}
