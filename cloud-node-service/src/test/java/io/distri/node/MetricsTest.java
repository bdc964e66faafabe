package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
}
