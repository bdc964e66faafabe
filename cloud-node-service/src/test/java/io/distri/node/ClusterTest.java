package io.distri.node;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.db.DocumentStore;
import io.distri.protocol.Headers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Three real nodes keep each other current. */
class ClusterTest {
  @TempDir Path directory;
  private List<TestNode> nodes;

  @BeforeEach
  void start() {
    nodes = TestNode.cluster(3, directory);
  }

  @AfterEach
  void stop() {
    nodes.forEach(TestNode::close);
  }

  @Test
  void a_document_written_on_one_node_is_read_on_the_others() throws Exception {
    HttpResponse<byte[]> added =
        nodes.get(0).call("AddDocument?param=catalog", "{\"UUID\":\"cat\",\"size\":7}");
    assertThat(added.statusCode()).isEqualTo(200);
    String session = added.headers().firstValue(Headers.SESSION).orElseThrow();
    for (TestNode node : nodes) {
      await()
          .until(() ->
              node.call("ReadCollection?param=catalog", "", Headers.SESSION, session).statusCode()
                  == 200);
      assertThat(node.read("catalog").toString()).isEqualTo("[{\"UUID\":\"cat\",\"size\":7}]");
    }
  }

  @Test
  void deletes_of_documents_and_collections_reach_every_node() throws Exception {
    call(0, "CreateCollection", "films");
    await().until(() -> call(1, "AddDocument?param=films", "{\"UUID\":\"a\"}") == 200);
    await().until(() -> nodes.get(2).read("films").size() == 1);
    assertThat(call(2, "DeleteDocument?param=films", "{\"UUID\":\"a\"}")).isEqualTo(200);
    for (TestNode node : nodes) {
      await().until(() -> node.read("films").size() == 0);
    }
    assertThat(call(0, "DeleteCollection?param=films", "")).isEqualTo(200);
    for (TestNode node : nodes) {
      await().until(() -> node.call("ReadCollection?param=films", "").statusCode() == 404);
    }
  }

  @Test
  void concurrent_writes_on_all_nodes_survive_on_all_nodes() throws Exception {
    int each = 100;
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (TestNode node : nodes) {
        for (int i = 0; i < each; i++) {
          int number = i;
          writers.submit(() -> {
            var answer =
                node.call(
                    "AddDocument?param=users",
                    "{\"node\":\"" + node.address() + "\",\"n\":" + number + "}");
            assertThat(answer.statusCode()).isEqualTo(200);
            return acknowledged.add(TestNode.text(answer));
          });
        }
      }
      writers.shutdown();
      assertThat(writers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(acknowledged).hasSize(3 * each);
    for (TestNode node : nodes) {
      await().untilAsserted(() -> assertThat(uuids(node.read("users"))).isEqualTo(acknowledged));
    }
  }

  @Test
  void a_node_that_was_down_catches_up() throws Exception {
    nodes.get(2).close();
    for (int i = 0; i < 50; i++) {
      assertThat(call(i % 2, "AddDocument?param=catalog", "{\"UUID\":\"d" + i + "\"}"))
          .isEqualTo(200);
    }
    nodes.get(2).start();
    assertThat(nodes.get(2).read("catalog").size()).isEqualTo(50);
    await().until(() -> call(2, "AddDocument?param=catalog", "{\"UUID\":\"back\"}") == 200);
    await().until(() -> nodes.get(0).read("catalog").size() == 51);
    nodes.forEach(node -> node.awaitMembers(3));
  }

  @Test
  void a_node_that_lost_documents_which_its_vector_covers_gets_them_back() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(call(i % 3, "AddDocument?param=catalog", "{\"UUID\":\"d" + i + "\"}"))
          .isEqualTo(200);
    }
    for (TestNode node : nodes) {
      await().until(() -> node.read("catalog").size() == 20);
    }
    DocumentStore torn = db(nodes.get(1));
    torn.startAnew(4711, List.of(), torn.version());
    assertThat(torn.collections()).allMatch(collection -> collection.documents() == 0);

    await().until(() -> nodes.get(1).read("catalog").size() == 20);
    await().until(() -> nodes.stream().map(node -> db(node).holding()).distinct().count() == 1);
  }

  @Test
  void without_a_majority_a_write_is_not_acknowledged_and_says_why() throws Exception {
    nodes.get(1).close();
    nodes.get(2).close();
    HttpResponse<byte[]> answer =
        nodes.get(0).call("AddDocument?param=catalog", "{\"a\":1}", Headers.DEADLINE_MS, "500");
    BadInputTest.assertProblem(answer, 503, "not-acknowledged", "write-ack");
    assertThat(answer.headers().firstValue(Headers.EXECUTED)).hasValue("unknown");
    nodes.get(1).start();
    nodes.get(2).start();
  }

  private int call(int node, String path, String body) throws Exception {
    return nodes.get(node).call(path, body).statusCode();
  }

  private static Set<String> uuids(JsonNode documents) {
    return StreamSupport.stream(documents.spliterator(), false)
        .map(document -> document.get("UUID").asString())
        .collect(Collectors.toSet());
  }

  private static DocumentStore db(TestNode node) {
    return node.context().getBean(DocumentStore.class);
  }
}
