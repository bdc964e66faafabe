package io.distri.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.distri.client.DistriClient;
import io.distri.client.DistriCollections;
import io.distri.client.DistriException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real nodes with data directories, all killed at once in the middle of writes, again and again.
 * {@code -Dkills=20} does it more often.
 */
@Tag("processes")
class AllNodesKilledTest {
  private static final int WRITERS = 16;
  private static final int KILLS = Integer.getInteger("kills", 1);
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final JsonMapper JSON = new JsonMapper();

  private final LocalCluster cluster = LocalCluster.startDurable(FreePorts.anywhere(3));
  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
  private final AtomicLong writes = new AtomicLong();
  private final List<Thread> writers = new ArrayList<>();
  private DistriClient client;

  @BeforeEach
  void startWriters() {
    client =
        DistriClient.builder()
            .nodes(cluster.addresses().stream().map(Object::toString).toList())
            .deadline(Duration.ofSeconds(20))
            .build();
    for (int writer = 0; writer < WRITERS; writer++) {
      String own = "w" + writer;
      writers.add(Thread.ofVirtual().start(() -> writeOnAndOn(own)));
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    writers.forEach(Thread::interrupt);
    for (Thread writer : writers) {
      writer.join();
    }
    client.close();
    cluster.close();
  }

  @Test
  void no_acknowledged_write_is_lost_when_all_nodes_are_killed_at_once() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      awaitWrites(500);
      for (int node = 0; node < cluster.size(); node++) {
        cluster.kill(node);
      }
      Map<String, Integer> before = Map.copyOf(acknowledged);
      for (int node = 0; node < cluster.size(); node++) {
        cluster.revive(node);
      }
      cluster.awaitAllUp();
      for (NodeEndpoint node : cluster.endpoints()) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(lost(before, node)).as("%s", node.address()).isEmpty());
      }
    }
    System.out.printf(
        "%d writes acknowledged, all %d nodes killed %d times, 0 lost%n",
        writes.get(), cluster.size(), KILLS);
  }

  /**
   * Each writer counts up in documents of its own: what is there must be what it wrote, or later.
   */
  private void writeOnAndOn(String own) {
    DistriCollections collections = new DistriCollections(client);
    for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
      String uuid = own + "-" + i % 50;
      try {
        collections.update("catalog", "{\"UUID\":\"%s\",\"n\":%d}".formatted(uuid, i));
        acknowledged.put(uuid, i);
        writes.incrementAndGet();
      } catch (DistriException notAcknowledged) {
        continue;
      }
    }
  }

  private static Map<String, Integer> lost(Map<String, Integer> acknowledged, NodeEndpoint node)
      throws Exception {
    Map<String, Integer> lost = new ConcurrentHashMap<>(acknowledged);
    byte[] all = node.call("ReadCollection", "catalog", "".getBytes(StandardCharsets.UTF_8));
    for (JsonNode document : JSON.readTree(all)) {
      int found = document.get("n").asInt();
      lost.computeIfPresent(
          document.get("UUID").asString(), (uuid, expected) -> found >= expected ? null : expected);
    }
    return lost;
  }

  private void awaitWrites(int more) {
    long goal = writes.get() + more;
    await().atMost(PATIENCE).until(() -> writes.get() >= goal);
  }
}
