package io.distri.node.db.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.distri.node.TestNode;
import io.distri.node.db.json.StrictJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/**
 * 1,500 filters over 200 documents find what two other query libraries, mingo and sift, agree on.
 * {@code -Dsuites=DIR} names the folder with {@code filters/vectors.json}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class FilterSuiteTest {
  private JsonNode documents;
  private JsonNode cases;

  @BeforeAll
  void read() throws IOException {
    Path vectors = Path.of(System.getProperty("suites", ""), "filters", "vectors.json");
    assumeTrue(Files.exists(vectors), "-Dsuites names no folder with filters/vectors.json");
    JsonNode suite = StrictJson.read(Files.readAllBytes(vectors));
    documents = suite.get("documents");
    cases = suite.get("cases");
  }

  @Test
  void each_filter_matches_what_other_libraries_find() {
    List<String> wrong = new ArrayList<>();
    for (JsonNode vector : cases) {
      Filter filter = Filter.parse(StrictJson.write(vector.get("filter")));
      List<String> found = uuids(documents.valueStream().filter(filter::matches).toList());
      check(vector, found, wrong);
    }
    assertThat(wrong).isEmpty();
    assertThat(cases).isNotEmpty();
  }

  @Test
  void a_node_finds_the_same() throws Exception {
    List<String> wrong = new ArrayList<>();
    try (TestNode node = TestNode.alone()) {
      for (JsonNode document : documents) {
        HttpResponse<byte[]> added =
            node.call("AddDocument?param=catalog", StrictJson.write(document));
        assertThat(added.statusCode()).isEqualTo(200);
      }
      for (JsonNode vector : cases) {
        HttpResponse<byte[]> found =
            node.call("ReadCollection?param=catalog", StrictJson.write(vector.get("filter")));
        check(vector, uuids(StrictJson.read(found.body())), wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private void check(JsonNode vector, List<String> found, List<String> wrong) {
    List<String> wanted =
        uuids(vector.get("matches").valueStream().map(i -> documents.get(i.intValue())).toList());
    if (!found.equals(wanted)) {
      wrong.add(vector.get("filter") + " found " + found + " instead of " + wanted);
    }
  }

  private static List<String> uuids(Iterable<JsonNode> documents) {
    List<String> uuids = new ArrayList<>();
    documents.forEach(document -> uuids.add(document.path("UUID").asString("")));
    uuids.sort(Comparator.naturalOrder());
    return uuids;
  }
}
