package io.distri.node.observability;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.distri.node.TestNode;
import io.distri.protocol.identity.KeyTrust;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a real Prometheus makes of three nodes by the files that docs/ ships. */
class PrometheusTest {

  /** In a table of docs/metrics.md. */
  private static final Pattern DOCUMENTED =
      Pattern.compile("(?m)^\\| `((?:distri|http)\\.[a-z.]+)`");

  /** In a query. */
  private static final Pattern QUERIED = Pattern.compile("\\b((?:distri|jvm|process|system)_\\w+)");

  private static final Pattern LABEL_OF_LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern LABEL_OF_ALERT = Pattern.compile("\\$labels\\.(\\w+)");

  /** A comparison, which keeps the series for which it holds alone. */
  private static final Pattern FILTER = Pattern.compile(" (==|!=|<=?|>=?) ");

  /** Counted by a node that asks its way in of one with another key than expected. */
  private static final String WHEN_JOINING = "distri_join_distrusted";

  @TempDir static Path directory;
  private static List<TestNode> nodes = List.of();
  private static Prometheus prometheus;

  /** Has no certificate. */
  private static HttpClient stranger;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Prometheus.isHere(), Prometheus.MISSING);
    SSLContext tls = SSLContext.getInstance("TLSv1.3");
    tls.init(null, new TrustManager[] {new KeyTrust()}, new SecureRandom());
    stranger = HttpClient.newBuilder().sslContext(tls).build();
    nodes = new ArrayList<>(TestNode.cluster(2, directory));
    nodes.add(
        TestNode.alone(
            "distri.node.nodes=" + nodes.get(0).address(),
            "distri.node.cluster.secret-file=" + directory.resolve("secret"),
            "distri.node.identity.dir=" + directory.resolve("id-durable"),
            "distri.node.db.data-dir=" + directory.resolve("db")));
    nodes.forEach(node -> node.awaitMembers(3));
    prometheus = Prometheus.start(directory, nodes);
    await()
        .untilAsserted(() ->
            assertThat(prometheus.api("targets").get("activeTargets"))
                .hasSize(nodes.size())
                .allMatch(target -> target.get("health").asString().equals("up")));
  }

  @AfterAll
  static void stop() {
    if (prometheus != null) {
      prometheus.close();
    }
    nodes.forEach(TestNode::close);
    if (stranger != null) {
      stranger.close();
    }
  }

  @Test
  void every_query_of_the_dashboard_gives_data_with_the_labels_of_its_legend() throws Exception {
    List<GrafanaDashboard.Query> queries = GrafanaDashboard.shipped().queries();
    assertThat(queries).hasSizeGreaterThan(12);
    for (GrafanaDashboard.Query query : queries) {
      await()
          .untilAsserted(() -> {
            somethingHappens();
            JsonNode series = prometheus.range(query.expression());
            assertThat(series).as(query.expression()).anyMatch(PrometheusTest::hasNumber);
            Set<String> labels = found(LABEL_OF_LEGEND, query.legend());
            assertThat(series)
                .as(query.legend())
                .allSatisfy(
                    one -> assertThat(one.get("metric").propertyNames()).containsAll(labels));
            if (labels.equals(Set.of("instance"))) {
              assertThat(series).as(query.expression()).hasSize(nodes.size());
            }
          });
    }
  }

  @Test
  void every_alert_looks_at_something_that_is_there_and_names_labels_that_it_has()
      throws Exception {
    List<JsonNode> rules = rules();
    assertThat(rules).hasSizeGreaterThan(7);
    for (JsonNode rule : rules) {
      // The answers to the comparisons, 0 or 1, where the rule has the series that hold alone.
      String seen = FILTER.matcher(rule.get("query").asString()).replaceAll(" $1 bool ");
      await()
          .untilAsserted(() -> {
            somethingHappens();
            JsonNode series = prometheus.now(seen);
            assertThat(series).as(seen).isNotEmpty();
            assertThat(series)
                .as(rule.get("name").asString())
                .allSatisfy(one ->
                    assertThat(one.get("metric").propertyNames())
                        .containsAll(found(LABEL_OF_ALERT, rule.get("annotations").toString())));
          });
    }
    await()
        .untilAsserted(
            () -> assertThat(rules()).allMatch(rule -> rule.get("health").asString().equals("ok")));
  }

  @Test
  void every_metric_that_is_documented_or_asked_for_is_scraped() throws Exception {
    Set<String> wanted = new HashSet<>();
    found(DOCUMENTED, Files.readString(Prometheus.DOCS.resolve("metrics.md")))
        .forEach(name -> wanted.add(name.replace('.', '_')));
    GrafanaDashboard.shipped()
        .queries()
        .forEach(query -> wanted.addAll(found(QUERIED, query.expression())));
    wanted.addAll(found(QUERIED, Files.readString(Prometheus.DOCS.resolve("alerts.yml"))));
    assertThat(wanted).hasSizeGreaterThan(25).contains(WHEN_JOINING).doesNotContain("");
    wanted.remove(WHEN_JOINING);
    await()
        .untilAsserted(() -> {
          somethingHappens();
          Set<String> scraped = new HashSet<>();
          prometheus.api("label/__name__/values").forEach(name -> scraped.add(name.asString()));
          assertThat(wanted).allSatisfy(name -> assertThat(scraped).anyMatch(isOf(name)));
        });
  }

  @Test
  void an_alert_fires_for_a_node_that_is_down_until_it_is_back() throws Exception {
    TestNode down = nodes.get(2);
    String name = down.address().toString();
    down.close();
    try {
      await()
          .untilAsserted(() ->
              assertThat(prometheus.api("alerts").get("alerts"))
                  .anySatisfy(alert -> {
                    assertThat(isOf(alert, name)).isTrue();
                    assertThat(alert.get("state").asString()).isEqualTo("firing");
                    assertThat(alert.at("/annotations/summary").asString())
                        .isEqualTo(name + " does not answer");
                  }));
    } finally {
      down.start();
    }
    await()
        .untilAsserted(() ->
            assertThat(prometheus.api("alerts").get("alerts"))
                .noneMatch(alert -> isOf(alert, name)));
    nodes.forEach(node -> node.awaitMembers(nodes.size()));
  }

  private static boolean isOf(JsonNode alert, String instance) {
    return alert.at("/labels/alertname").asString().equals("DistriNodeDown")
        && alert.at("/labels/instance").asString().equals(instance);
  }

  /** Prometheus adds what a metric is counted in, and what of it. */
  private static Predicate<String> isOf(String metric) {
    return Pattern.compile(metric + "(_bytes)?(_seconds)?(_total)?(_count)?").asMatchPredicate();
  }

  private static List<JsonNode> rules() throws Exception {
    return prometheus
        .api("rules")
        .get("groups")
        .valueStream()
        .flatMap(group -> group.get("rules").valueStream())
        .toList();
  }

  private static boolean hasNumber(JsonNode series) {
    return series.get("values").valueStream().anyMatch(v -> !v.get(1).asString().equals("NaN"));
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> all = new HashSet<>();
    pattern.matcher(text).results().map((MatchResult one) -> one.group(1)).forEach(all::add);
    return all;
  }

  /** A write at every node, and something to refuse on each of its ports. */
  private static void somethingHappens() throws Exception {
    for (TestNode node : nodes) {
      assertThat(node.call("AddDocument?param=catalog", "{}").statusCode()).isEqualTo(200);
      assertThat(node.call("AddDocument?param=catalog", "[").statusCode()).isEqualTo(400);
      node.call("AddDocument?param=catalog", "{}", "Origin", "http://elsewhere.example");
      URI internal = URI.create("https://" + node.address().internal() + "/internal/update-info");
      HttpRequest unknown =
          HttpRequest.newBuilder(internal).POST(HttpRequest.BodyPublishers.noBody()).build();
      stranger.send(unknown, HttpResponse.BodyHandlers.discarding());
    }
  }
}
