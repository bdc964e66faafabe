package io.distri.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.distri.client.DistriClient;
import io.distri.client.DistriCollections;
import io.distri.client.DistriException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients that write to a cluster all the time. Each counts up in documents of its own: what is
 * there must be what it wrote last, or later.
 */
final class CountingWriters implements AutoCloseable {
  private static final int WRITERS = 16;
  private static final int DOCUMENTS_EACH = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final JsonMapper JSON = new JsonMapper();

  private final LocalCluster cluster;
  private final DistriClient client;
  private final String padding;
  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
  private final AtomicLong writes = new AtomicLong();
  private final List<Thread> writers = new ArrayList<>();

  /**
   * @param padding characters in each document
   */
  CountingWriters(LocalCluster cluster, int padding) {
    this.cluster = cluster;
    this.padding = "x".repeat(padding);
    this.client =
        DistriClient.builder()
            .nodes(cluster.addresses().stream().map(Object::toString).toList())
            .deadline(Duration.ofSeconds(20))
            .build();
    for (int writer = 0; writer < WRITERS; writer++) {
      String own = "w" + writer;
      writers.add(Thread.ofVirtual().start(() -> writeOnAndOn(own)));
    }
  }

  private void writeOnAndOn(String own) {
    DistriCollections collections = new DistriCollections(client);
    for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
      String uuid = own + "-" + i % DOCUMENTS_EACH;
      try {
        collections.update(
            "catalog", "{\"UUID\":\"%s\",\"n\":%d,\"p\":\"%s\"}".formatted(uuid, i, padding));
        acknowledged.put(uuid, i);
        writes.incrementAndGet();
      } catch (DistriException notAcknowledged) {
        continue;
      }
    }
  }

  /** What was acknowledged so far, by document. */
  Map<String, Integer> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  /** How many writes were acknowledged. */
  long count() {
    return writes.get();
  }

  /** Waits until so many more are acknowledged. */
  void awaitMore(int more) {
    long goal = writes.get() + more;
    await().atMost(PATIENCE).until(() -> writes.get() >= goal);
  }

  /** Ends the writers and waits until they have. */
  void stop() {
    writers.forEach(Thread::interrupt);
    try {
      for (Thread writer : writers) {
        writer.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writers ended", e);
    }
  }

  /** Waits until every node has what was acknowledged by then. */
  void awaitNoneLost(Map<String, Integer> before) {
    for (NodeEndpoint node : cluster.endpoints()) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(lost(before, node)).as("%s", node.address()).isEmpty());
    }
  }

  /** Waits until all nodes have all that was acknowledged, and the same of everything. */
  void awaitEqual() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          TreeSet<String> contents = new TreeSet<>();
          for (NodeEndpoint node : cluster.endpoints()) {
            assertThat(lost(acknowledged, node)).as("%s", node.address()).isEmpty();
            contents.add(new String(read(node), StandardCharsets.UTF_8));
          }
          assertThat(contents).hasSize(1);
        });
  }

  private static Map<String, Integer> lost(Map<String, Integer> acknowledged, NodeEndpoint node)
      throws Exception {
    Map<String, Integer> lost = new HashMap<>(acknowledged);
    for (JsonNode document : JSON.readTree(read(node))) {
      int found = document.get("n").asInt();
      lost.computeIfPresent(
          document.get("UUID").asString(), (uuid, expected) -> found >= expected ? null : expected);
    }
    return lost;
  }

  private static byte[] read(NodeEndpoint node) throws Exception {
    return node.call("ReadCollection", "catalog&versions=true", new byte[0]);
  }

  @Override
  public void close() {
    stop();
    client.close();
  }
}
