package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the page at {@code /} is served and told. */
class DashboardTest {

  @Test
  void the_page_and_all_it_needs_come_from_the_node() throws Exception {
    try (TestNode node = TestNode.alone()) {
      String page = TestNode.text(node.get("/"));
      assertThat(page).doesNotContain("://");
      for (String file : page.split("\"")) {
        if (file.startsWith("dashboard/")) {
          assertThat(node.get("/" + file).statusCode()).as(file).isEqualTo(200);
        }
      }
      assertThat(node.get("/").headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'");
      BadInputTest.assertProblem(node.get("/dashboard/secrets.txt"), 404, "not-found", "nothing");
    }
  }

  @Test
  void a_page_hears_at_once_how_the_node_is_and_then_what_it_did() throws Exception {
    try (TestNode node = TestNode.alone();
        BufferedReader stream = listen(node)) {
      JsonNode first = next(stream);
      assertThat(first.at("/now/nodes/0/state").asString()).isEqualTo("UP");
      assertThat(first.at("/now/collections/0/name").asString()).isEqualTo("catalog");
      assertThat(first.at("/now/lanes/encrypt/permits").asInt()).isPositive();

      node.call("AddDocument?param=catalog", "{}");
      node.call("AddDocument?param=nowhere", "{}");
      JsonNode told = next(stream);
      while (told.at("/samples/0/work/db/perSecond").asDouble() == 0) {
        told = next(stream);
      }
      assertThat(told.at("/samples/0/work/db/meanMs").asDouble()).isPositive();
      assertThat(told.at("/now/collections/0/documents").asInt()).isEqualTo(1);
      assertThat(told.at("/now/refused/404").asInt()).isEqualTo(1);
    }
  }

  private static BufferedReader listen(TestNode node) throws Exception {
    return new BufferedReader(
        new InputStreamReader(
            URI.create("http://" + node.address() + "/dashboard").toURL().openStream(),
            StandardCharsets.UTF_8));
  }

  private static JsonNode next(BufferedReader stream) throws Exception {
    String line = stream.readLine();
    while (line.isEmpty()) {
      line = stream.readLine();
    }
    return JsonMapper.shared().readTree(line.substring("data: ".length()));
  }
}
