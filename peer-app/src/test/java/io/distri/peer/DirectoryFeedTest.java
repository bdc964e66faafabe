package io.distri.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.peer.entry.CatalogEntry;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.vault.ResourceName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a peer hears of the directory without looking into it. */
class DirectoryFeedTest {
  private static final ResourceName NAME = ResourceName.of("cat.jpg");

  private final TestCloud cloud = TestCloud.shared();
  private TestPeer alice;
  private Stranger eve;

  @TempDir private Path directory;

  @BeforeEach
  void clear() {
    cloud.clear();
  }

  private void start(String interval) throws Exception {
    alice =
        new TestPeer(
            "alice",
            directory,
            cloud.nodes(),
            "--distri.peer.sync-interval=" + interval,
            "--spring.main.sources=" + CountedReads.class.getName());
    eve = new Stranger("eve", directory, cloud.nodes());
    alice.add("cat.jpg", Pictures.landscape(1));
    TestPeer.until(() -> !eve.document("catalog", alice.id() + "|cat.jpg").isEmpty());
  }

  @AfterEach
  void stop() {
    eve.close();
    alice.close();
  }

  @Test
  void what_others_write_into_the_directory_is_heard_within_a_second() throws Exception {
    start("1h");
    eve.register(TestCloud.freeAddress());
    eve.publish(eve.sign(eve.request(alice, "cat.jpg", 2)));
    long start = System.nanoTime();
    TestPeer.until(() -> !alice.peer().inbox().isEmpty());
    assertThat(Load.secondsSince(start)).isLessThan(1);
    assertThat(alice.peer().inbox()).extracting(RequestEntry::views).containsExactly(2);

    CatalogEntry image = new CatalogEntry(eve.keys().id(), NAME, 1, 1, "image/png", 1, 1, "", 1);
    eve.publish(eve.sign(image));
    TestPeer.until(() -> alice.peer().published(eve.keys().id(), NAME).isPresent());
    eve.collections().deleteAllDocuments("catalog");
    TestPeer.until(() -> alice.peer().published(eve.keys().id(), NAME).isEmpty());
    TestPeer.until(() -> !eve.document("catalog", alice.id() + "|cat.jpg").isEmpty());
  }

  @Test
  void a_peer_to_whom_nothing_happens_reads_nothing() throws Exception {
    start("100ms");
    eve.publish(eve.sign(new CatalogEntry(eve.keys().id(), NAME, 1, 1, "image/png", 1, 1, "", 1)));
    TestPeer.until(() -> alice.peer().catalogSize() == 2);

    CountedReads reads = alice.bean(CountedReads.class);
    AtomicLong before = new AtomicLong(-1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .during(Duration.ofSeconds(1))
        .until(() -> {
          long now = reads.count();
          return before.getAndSet(now) == now;
        });
  }
}
