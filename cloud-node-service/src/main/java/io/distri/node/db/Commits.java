package io.distri.node.db;

import io.distri.protocol.ProblemType;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way to change what a replica holds: each change is made on top of the last, written to
 * the journal with those that came meanwhile (group commit), and visible only when it is safe
 * there. So nothing that a node showed or sent to others is missing after its next start.
 *
 * <p>Thread-safe. There is no thread of its own: whoever fills an empty batch writes it, and the
 * others wait for it. A change that can't be made safe takes those with it that were made on top of
 * it, since they may rest on what it did.
 */
final class Commits {
  private final Journal journal;
  private final HlcClock clock;
  private final OwnWrites ownWrites;
  private final AtomicReference<Snapshot> visible;
  private final Runnable advanced;
  private final ReentrantLock making = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();

  /** The last change, safe or not. This and the batches are guarded by {@link #making}. */
  private Snapshot head;

  private Batch open;
  private Batch taken;
  private volatile @Nullable StorageException broken;

  /**
   * @param visible what is safe; set here only
   * @param advanced to be called when the visible vector has grown
   */
  Commits(
      Journal journal,
      HlcClock clock,
      OwnWrites ownWrites,
      AtomicReference<Snapshot> visible,
      Runnable advanced) {
    this.journal = journal;
    this.clock = clock;
    this.ownWrites = ownWrites;
    this.visible = visible;
    this.advanced = advanced;
    this.head = visible.get();
    this.open = new Batch(head);
    this.taken = Batch.settled(head);
  }

  /**
   * Makes a change and waits until it is safe. The outcome rests on all changes before, so those
   * are safe then as well, even where this one changed nothing.
   *
   * @throws StorageException where it can't be made safe
   */
  <T> T change(Function<SnapshotDraft, T> change) {
    T outcome;
    Batch batch;
    boolean first;
    making.lock();
    try {
      requireWritable();
      SnapshotDraft draft = new SnapshotDraft(head);
      outcome = change.apply(draft);
      boolean changed =
          draft.isAnew() || !draft.touched().isEmpty() || !draft.version().equals(head.version());
      head = draft.snapshot();
      first = changed && open.isEmpty();
      if (changed) {
        draft.ownWrites().forEach(ownWrites::record);
        open.add(draft, clock.last());
      }
      batch = open.isEmpty() ? taken : open;
    } finally {
      making.unlock();
    }
    if (first) {
      write(batch);
    }
    awaitSafe(batch);
    return outcome;
  }

  /** Why no changes are taken; null where they are. */
  @Nullable StorageException broken() {
    return broken;
  }

  private void requireWritable() {
    StorageException failure = broken;
    if (failure != null) {
      throw StorageException.readOnly(failure);
    }
  }

  private static void awaitSafe(Batch batch) {
    try {
      batch.safe().join();
    } catch (CompletionException unsafe) {
      throw unsafe.getCause() instanceof StorageException failure
          ? failure
          : StorageException.failed(unsafe);
    }
  }

  private void write(Batch batch) {
    writing.lock();
    try {
      if (!take(batch)) {
        return;
      }
      try {
        journal.write(batch::record);
      } catch (StorageException failure) {
        undo(batch, failure);
        return;
      } catch (RuntimeException | Error bug) {
        undo(batch, StorageException.failed(bug));
        throw bug;
      }
      boolean grown = !visible.get().version().equals(batch.after().version());
      visible.set(batch.after());
      batch.safe().complete(null);
      if (grown) {
        advanced.run();
      }
      journal.offer(checkpoint(batch.after(), batch.hlc()));
    } finally {
      writing.unlock();
    }
  }

  /** Closes a batch for further changes; false where it went with an earlier one that failed. */
  private boolean take(Batch batch) {
    making.lock();
    try {
      if (batch != open) {
        return false;
      }
      taken = batch;
      open = new Batch(head);
      return true;
    } finally {
      making.unlock();
    }
  }

  private void undo(Batch batch, StorageException failure) {
    Batch onTop;
    making.lock();
    try {
      if (failure.problem() != ProblemType.DISK_FULL) {
        broken = failure;
      }
      head = visible.get();
      onTop = open;
      open = new Batch(head);
      taken = Batch.settled(head);
    } finally {
      making.unlock();
    }
    batch.safe().completeExceptionally(failure);
    onTop.safe().completeExceptionally(failure);
  }

  private static Supplier<Iterator<JournalRecord>> checkpoint(Snapshot state, long hlc) {
    return () -> {
      Iterator<List<Entry>> pages = new Delta(state, Coverage.NOTHING).pages();
      return new Iterator<>() {
        private boolean vectorGiven;

        @Override
        public boolean hasNext() {
          return !vectorGiven;
        }

        @Override
        public JournalRecord next() {
          if (pages.hasNext()) {
            return new JournalRecord(VersionVector.EMPTY, null, hlc, false, pages.next());
          }
          vectorGiven = true;
          return new JournalRecord(
              state.version().recent(), state.version().base(), hlc, false, List.of());
        }
      };
    };
  }
}
