package io.distri.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.distri.client.DistriClient;
import io.distri.client.DistriCollections;
import io.distri.client.DocumentChange;
import io.distri.client.DocumentChanges;
import io.distri.client.RejectedException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listener of real nodes, some of which go away. */
@Tag("processes")
@Timeout(900)
class ChangeFeedTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Map<String, String> heard = new ConcurrentHashMap<>();

  @Test
  void a_listener_misses_no_change_while_nodes_are_killed() throws Exception {
    try (LocalCluster cluster = LocalCluster.startDurable(FreePorts.anywhere(3));
        DistriClient client =
            DistriClient.builder()
                .nodes(cluster.addresses().stream().map(Object::toString).toList())
                .deadline(PATIENCE)
                .build()) {
      DistriCollections collections = new DistriCollections(client);
      DocumentChanges changes = collections.changes("catalog");
      Thread listener = Thread.ofVirtual().start(() -> changes.forEachRemaining(this::hear));
      write(collections, 0);
      cluster.kill(0);
      write(collections, 5);
      cluster.revive(0);
      cluster.kill(1);
      write(collections, 10);
      collections.deleteDocuments("catalog", "{\"UUID\":\"d0\"}");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(heard).hasSize(14).doesNotContainKey("d0"));
      String token = changes.token();
      changes.close();
      listener.join();

      collections.update("catalog", "{\"UUID\":\"d1\",\"n\":100}");
      try (DocumentChanges later = collections.changes("catalog", token)) {
        heard.remove("d1");
        while (!heard.containsKey("d1")) {
          hear(later.next());
        }
        assertThat(heard.get("d1")).isEqualTo("100");
        collections.delete("catalog");
        assertThat(later.hasNext()).isFalse();
      }
      try (DocumentChanges gone = collections.changes("catalog", token)) {
        assertThatExceptionOfType(RejectedException.class)
            .isThrownBy(gone::hasNext)
            .satisfies(e -> assertThat(e.problem().status()).isEqualTo(410));
      }
    }
  }

  private static void write(DistriCollections collections, int from) {
    for (int n = from; n < from + 5; n++) {
      collections.update("catalog", "{\"UUID\":\"d%d\",\"n\":%d}".formatted(n, n));
    }
  }

  private void hear(DocumentChange change) {
    if (change.document() == null) {
      heard.remove(change.uuid());
    } else {
      heard.put(change.uuid(), change.document().get("n").asString());
    }
  }
}
