package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The change feed of real nodes, and a DB that is there again. */
@Timeout(900)
class ChangesTest {
  private static final String CHANGES = "/collections/catalog/changes";

  @TempDir Path directory;

  private final HttpClient http = HttpClient.newHttpClient();

  /** A feed that is read line by line. */
  private record Listener(BufferedReader lines) implements AutoCloseable {

    private static final String HEARTBEAT = "event: heartbeat\ndata: {}\nid: ";

    /** The next event's lines, without heartbeats. */
    String next() throws Exception {
      String block = block();
      while (block.startsWith(HEARTBEAT)) {
        block = block();
      }
      return block;
    }

    /** The id of the next heartbeat. */
    String heartbeat() throws Exception {
      String block = block();
      assertThat(block).startsWith(HEARTBEAT);
      return block.substring(HEARTBEAT.length()).strip();
    }

    private String block() throws Exception {
      StringBuilder block = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty() && !block.isEmpty()) {
          return block.toString();
        }
        if (!line.startsWith(":") && !line.startsWith("retry:") && !line.isEmpty()) {
          block.append(line).append('\n');
        }
      }
      return "end";
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  @Test
  void a_listener_hears_of_changes_and_goes_on_at_another_node_where_it_stopped() throws Exception {
    List<TestNode> nodes = TestNode.cluster(2, directory);
    try {
      nodes.get(0).call("AddDocument?param=catalog", "{\"UUID\":\"a\"}");
      String id;
      try (Listener listener = listen(nodes.get(0).request(CHANGES))) {
        assertThat(listener.next()).contains("event: document", "data: {\"UUID\":\"a\"}");
        nodes.get(1).call("AddDocument?param=catalog", "{\"UUID\":\"b\"}");
        assertThat(listener.next()).contains("{\"UUID\":\"b\"}");
        nodes.get(1).call("DeleteDocument?param=catalog", "{\"UUID\":\"a\"}");
        String deleted = listener.next();
        assertThat(deleted).contains("event: deleted", "data: {\"UUID\":\"a\"}", "id: ");
        id = deleted.substring(deleted.indexOf("id: ") + 4).strip();
      }
      nodes.get(0).call("AddDocument?param=catalog", "{\"UUID\":\"c\"}");
      try (Listener listener = listen(nodes.get(1).request(CHANGES).header("Last-Event-ID", id))) {
        assertThat(listener.next()).contains("{\"UUID\":\"c\"}");
        nodes.get(0).call("DeleteCollection?param=catalog", "");
        assertThat(listener.next()).contains("event: collection-deleted");
        assertThat(listener.next()).isEqualTo("end");
      }
      assertThat(nodes.get(0).get(CHANGES).statusCode()).isEqualTo(404);
      assertThat(nodes.get(0).get(CHANGES + "?since=" + id).statusCode()).isEqualTo(410);
      assertThat(nodes.get(0).get("/collections/users/changes?since=x").statusCode())
          .isEqualTo(400);
    } finally {
      nodes.forEach(TestNode::close);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?since=now"})
  void an_id_comes_at_once_and_with_every_heartbeat_whatever_is_written_elsewhere(String since)
      throws Exception {
    try (TestNode node = TestNode.alone();
        Listener listener = listen(node.request("/collections/users/changes" + since))) {
      String atOnce = listener.heartbeat();
      AtomicBoolean heard = new AtomicBoolean();
      Thread busy = Thread.ofVirtual().start(() -> write(node, heard));
      String later = listener.heartbeat();
      heard.set(true);
      busy.join();

      assertThat(later).isNotEqualTo(atOnce);
      node.call("AddDocument?param=users", "{\"UUID\":\"a\"}");
      String path = "/collections/users/changes?since=" + later;
      try (Listener again = listen(node.request(path))) {
        assertThat(again.next()).contains("{\"UUID\":\"a\"}");
      }
    }
  }

  private static void write(TestNode node, AtomicBoolean heard) {
    try {
      while (!heard.get()) {
        node.call(
            "UpdateDocument?param=catalog",
            "{\"UUID\":\"x\",\"n\":%d}".formatted(System.nanoTime()));
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_node_with_a_data_directory_holds_its_documents_again_and_ends_feeds_when_it_stops()
      throws Exception {
    try (TestNode node = TestNode.alone("distri.node.db.data-dir=" + directory)) {
      node.call("AddDocument?param=catalog", "{\"UUID\":\"a\"}");
      try (Listener listener = listen(node.request(CHANGES + "?since=now"))) {
        node.context().close();
        assertThat(listener.next()).isEqualTo("end");
      }
      node.start();
      assertThat(node.read("catalog").toString()).isEqualTo("[{\"UUID\":\"a\"}]");
    }
  }

  @Test
  void two_nodes_can_not_share_a_data_directory() {
    try (TestNode node = TestNode.alone("distri.node.db.data-dir=" + directory)) {
      assertThat(node.address()).isNotNull();
      assertThatException()
          .isThrownBy(() -> TestNode.alone("distri.node.db.data-dir=" + directory))
          .withStackTraceContaining("distri.node.db.data-dir: another running node uses");
    }
  }

  private Listener listen(HttpRequest.Builder request) throws Exception {
    HttpResponse<InputStream> response =
        http.send(
            request.timeout(Duration.ofSeconds(20)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("text/event-stream;charset=UTF-8");
    return new Listener(
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
  }
}
