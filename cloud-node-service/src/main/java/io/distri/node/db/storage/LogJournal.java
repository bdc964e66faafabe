package io.distri.node.db.storage;

import io.distri.node.db.Journal;
import io.distri.node.db.JournalRecord;
import io.distri.node.db.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in files: each record is a {@link Frame} at the end of a log, synced. When the logs are
 * as large as the last snapshot, a new snapshot is written beside them and takes their place, so
 * that the directory holds at most about three times what a snapshot takes, and the start reads
 * two.
 *
 * <p>An error of the disk ends all writing until the next start: after a failed sync nobody knows
 * what is on disk, and a second sync may say that all is well (Rebello et al., "Can Applications
 * Recover from fsync Failures?", 2020). Only a full disk is tried again, since what was written of
 * the record can be taken back then.
 */
final class LogJournal implements Journal {
  private static final String QUARANTINE_ENDING = ".jsonl";
  private static final Logger log = LoggerFactory.getLogger(LogJournal.class);

  private final Disk disk;
  private final LongSupplier salts;
  private final Executor background;
  private final long smallestLogBytes;
  private final AtomicBoolean writingSnapshot = new AtomicBoolean();
  private volatile long snapshotBytes;
  private long logBytes;
  private long next;
  private @Nullable OpenLog current;
  private @Nullable IOException broken;

  /**
   * @param salts random numbers
   * @param background where snapshots are written
   * @param smallestLogBytes how large the logs grow at least before a snapshot replaces them
   */
  LogJournal(Disk disk, LongSupplier salts, Executor background, long smallestLogBytes) {
    this.disk = disk;
    this.salts = salts;
    this.background = background;
    this.smallestLogBytes = smallestLogBytes;
  }

  /** {@inheritDoc} Throws an {@link UncheckedIOException} where the files can't be read. */
  @Override
  public void replay(Consumer<JournalRecord> replica) {
    try {
      Recovery.Found found = new Recovery(disk, replica).run();
      next = found.next();
      snapshotBytes = found.snapshotBytes();
      logBytes = found.logBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(Supplier<JournalRecord> changes) {
    if (broken != null) {
      throw StorageException.readOnly(broken);
    }
    Frame frame = new Frame(next, RecordCodec.toBytes(changes.get()));
    try {
      if (current == null) {
        current = OpenLog.begin(disk, next, salts.getAsLong());
      }
      current.write(frame);
    } catch (TakenBackException takenBack) {
      if (takenBack.getCause() instanceof DiskFullException full) {
        throw StorageException.full(full);
      }
      broken = takenBack;
      log.error(
          "the disk of the DB failed, no more writes until the next start: {}",
          takenBack.toString());
      throw StorageException.readOnly(takenBack);
    } catch (IOException e) {
      broken = e;
      log.error("the disk of the DB failed, no more writes until the next start: {}", e.toString());
      throw StorageException.failed(e);
    }
    next++;
    logBytes += frame.size();
  }

  @Override
  public String setAside(List<byte[]> lines) {
    String name = "quarantine-" + HexFormat.of().toHexDigits(salts.getAsLong()) + QUARANTINE_ENDING;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      bytes.writeBytes(line);
      bytes.write('\n');
    }
    try (DiskFile file = disk.create(name)) {
      file.append(bytes.toByteArray());
      file.sync();
    } catch (DiskFullException full) {
      throw StorageException.full(full);
    } catch (IOException e) {
      throw StorageException.failed(e);
    }
    return "in " + disk.place(name);
  }

  @Override
  public void offer(Supplier<Iterator<JournalRecord>> state) {
    if (logBytes < Math.max(smallestLogBytes, snapshotBytes)
        || !writingSnapshot.compareAndSet(false, true)) {
      return;
    }
    if (current != null) {
      current.close();
      current = null;
    }
    logBytes = 0;
    SnapshotWriter writer = new SnapshotWriter(disk, next, salts.getAsLong());
    background.execute(() -> {
      try {
        snapshotBytes = writer.write(state.get());
      } catch (IOException e) {
        log.warn(
            "no snapshot of the DB could be written, so its log stays; tried again when that has grown as much again: {}",
            e.toString());
      } finally {
        writingSnapshot.set(false);
      }
    });
  }
}
