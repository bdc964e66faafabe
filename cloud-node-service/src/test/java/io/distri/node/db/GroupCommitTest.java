package io.distri.node.db;

import static io.distri.node.TestNode.await;
import static io.distri.node.db.Nodes.CATALOG;
import static io.distri.node.db.Nodes.document;
import static io.distri.node.db.Nodes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distri.protocol.ProblemType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Writers that meet at the journal. */
class GroupCommitTest {
  private static final int WRITERS = 20;

  private final SlowJournal journal = new SlowJournal();
  private final Replica node =
      new Replica(1, new HlcClock(() -> Nodes.NOON), () -> "", List.of(CATALOG), journal);
  private final List<Thread> writers = new ArrayList<>();
  private final ConcurrentLinkedQueue<ProblemType> failures = new ConcurrentLinkedQueue<>();

  /** Writes when told to, and fails when told to. */
  private static final class SlowJournal implements Journal {
    private final Semaphore mayWrite = new Semaphore(1);
    private final ConcurrentLinkedQueue<JournalRecord> written = new ConcurrentLinkedQueue<>();
    private volatile boolean full;

    @Override
    public void replay(Consumer<JournalRecord> replica) {}

    @Override
    public void write(Supplier<JournalRecord> changes) {
      mayWrite.acquireUninterruptibly();
      if (full) {
        throw StorageException.full(new IOException("No space left on device"));
      }
      written.add(changes.get());
    }

    @Override
    public String setAside(List<byte[]> lines) {
      return Journal.NONE.setAside(lines);
    }

    @Override
    public void offer(Supplier<Iterator<JournalRecord>> state) {}
  }

  @Test
  void writes_that_come_while_another_one_is_written_go_together() throws Exception {
    writersBehindOneThatIsWritten();
    assertThat(read(node, "{}")).isEmpty();

    journal.mayWrite.release(2);
    join();

    assertThat(read(node, "{}")).hasSize(1 + WRITERS);
    assertThat(journal.written).hasSize(3);
    assertThat(journal.written).last().satisfies(last -> assertThat(last.entries()).hasSize(20));
  }

  @Test
  void a_read_and_a_push_know_nothing_of_a_write_that_is_not_safe() throws Exception {
    Coverage before = node.version();
    writersBehindOneThatIsWritten();

    assertThat(node.version()).isEqualTo(before);
    assertThat(node.recentWrites(before.seq(1), 100, 1000)).isInstanceOf(RecentWrites.None.class);
    assertThat(node.delta(Coverage.NOTHING).version()).isEqualTo(before);
    journal.mayWrite.release(2);
    join();
  }

  @Test
  void what_was_written_on_top_of_a_write_that_failed_fails_with_it() throws Exception {
    Coverage before = node.version();
    writersBehindOneThatIsWritten();
    journal.full = true;
    journal.mayWrite.release();
    join();
    journal.full = false;
    journal.mayWrite.release();

    assertThat(failures).hasSize(1 + WRITERS).containsOnly(ProblemType.DISK_FULL);
    assertThat(read(node, "{}")).isEmpty();
    Written next = Nodes.update(node, "{'UUID':'next'}");
    assertThat(next.dot()).isEqualTo(new Dot(1, before.seq(1) + 1));
  }

  @Test
  void an_answer_that_rests_on_a_write_that_failed_is_not_given() throws Exception {
    start("same");
    await().until(journal.mayWrite::hasQueuedThreads);
    start("same");
    awaitWaiting();
    journal.full = true;
    journal.mayWrite.release();
    join();

    assertThat(failures).hasSize(2);
  }

  @Test
  void a_journal_that_breaks_ends_all_writing() {
    RuntimeException bug = new IllegalStateException("bug");
    Replica broken =
        new Replica(
            2, new HlcClock(() -> Nodes.NOON), () -> "", List.of(), new NoJournalButABug(bug));

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> broken.createCollection(CATALOG, null));
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> broken.createCollection(CATALOG, null))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(ProblemType.UNAVAILABLE));
  }

  private record NoJournalButABug(RuntimeException bug) implements Journal {
    @Override
    public void replay(Consumer<JournalRecord> replica) {}

    @Override
    public void write(Supplier<JournalRecord> changes) {
      throw bug;
    }

    @Override
    public String setAside(List<byte[]> lines) {
      return Journal.NONE.setAside(lines);
    }

    @Override
    public void offer(Supplier<Iterator<JournalRecord>> state) {}
  }

  private void writersBehindOneThatIsWritten() {
    start("first");
    await().until(journal.mayWrite::hasQueuedThreads);
    for (int i = 0; i < WRITERS; i++) {
      start("d" + i);
    }
    awaitWaiting();
  }

  private void awaitWaiting() {
    await().until(() -> writers.stream().allMatch(w -> w.getState() == Thread.State.WAITING));
  }

  private void start(String uuid) {
    writers.add(
        Thread.ofPlatform()
            .start(() -> {
              try {
                node.add(CATALOG, document("{'UUID':'" + uuid + "'}"), null);
              } catch (StorageException failure) {
                failures.add(failure.problem());
              }
            }));
  }

  private void join() throws InterruptedException {
    for (Thread writer : writers) {
      writer.join();
    }
  }
}
