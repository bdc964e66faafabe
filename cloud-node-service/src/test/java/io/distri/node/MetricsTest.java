package io.distri.node;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/metrics.md names is there. */
class MetricsTest {
  /** In a table, except what is there only once something happened. */
  private static final Pattern NAMED =
      Pattern.compile("(?m)^\\| `((?:distri|http)\\.[a-z.]+)`(?!.*once there is one)");

  @TempDir Path directory;

  @Test
  void every_metric_that_is_documented_is_there() throws Exception {
    String page = Files.readString(Path.of("../docs/metrics.md"));
    List<String> names =
        NAMED.matcher(page).results().map((MatchResult found) -> found.group(1)).toList();
    assertThat(names).hasSizeGreaterThan(15);
    String secret = "distri.node.cluster.secret-file=" + directory.resolve("secret");
    String durable = "distri.node.db.data-dir=" + directory.resolve("db");
    try (TestNode first = TestNode.alone(secret, durable);
        TestNode second = TestNode.alone(secret, "distri.node.nodes=" + first.address())) {
      first.awaitMembers(2);
      first.call("AddDocument?param=catalog", "{\"UUID\":\"cat\"}");
      first.call(
          "AddDocument?param=catalog", "{\"UUID\":\"dog\"}", "Origin", "http://elsewhere.example");
      await()
          .untilAsserted(() -> {
            String metrics =
                new String(first.get("/actuator/prometheus").body(), StandardCharsets.UTF_8);
            assertThat(names)
                .allSatisfy(name -> assertThat(metrics).contains("\n" + name.replace('.', '_')));
          });
      assertThat(second.isReady()).isTrue();
    }
  }

  @Test
  void calls_of_services_are_timed_as_requests_whether_or_not_they_bring_a_trace()
      throws Exception {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    try (TestNode node = TestNode.alone()) {
      node.call("Stats", "");
      node.call("Stats", "", "traceparent", trace);
      node.call("Nope", "");
      node.call("Nope", "", "traceparent", trace);
      node.get("/services/Stats");
      node.call("Stats", "", "Origin", "http://elsewhere.example");
      await()
          .untilAsserted(() -> {
            String metrics =
                new String(node.get("/actuator/prometheus").body(), StandardCharsets.UTF_8);
            assertThat(metrics)
                .contains(
                    timed("POST", "SUCCESS", 200, "/services/{service}", 2),
                    timed("POST", "CLIENT_ERROR", 404, "/services/{service}", 2),
                    timed("GET", "CLIENT_ERROR", 405, "/services/{service}", 1),
                    timed("POST", "CLIENT_ERROR", 403, "UNKNOWN", 1));
          });
    }
  }

  private static String timed(String method, String outcome, int status, String uri, int count) {
    return ("http_server_requests_seconds_count{error=\"none\",exception=\"none\",method=\"%s\","
            + "outcome=\"%s\",status=\"%d\",uri=\"%s\"} %d\n")
        .formatted(method, outcome, status, uri, count);
  }
}
