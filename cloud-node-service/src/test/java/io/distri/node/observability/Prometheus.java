package io.distri.node.observability;

import static io.distri.node.TestNode.await;

import io.distri.node.TestNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus on loopback that is configured as docs/ says, and its HTTP API. */
final class Prometheus implements AutoCloseable {
  /** Why tests are skipped where there is none. */
  static final String MISSING = "prometheus is not installed: apt-get install prometheus";

  static final Path DOCS = Path.of("..", "docs");

  /** Between evaluations of the rules, and how long they must hold; as shipped it takes minutes. */
  private static final String OFTEN = "500ms";

  /** Between scrapes, and how long one may take, which on a busy machine can be a second. */
  private static final String SCRAPE = "2s";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String address;
  private final Process process;

  private Prometheus(String address, Process process) {
    this.address = address;
    this.process = process;
  }

  /** Whether this machine has one. */
  static boolean isHere() {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "prometheus")));
  }

  /**
   * Starts it with what docs/ ships, for other nodes and in less time.
   *
   * @param directory for its configuration and its data
   */
  static Prometheus start(Path directory, List<TestNode> nodes) throws IOException {
    Path alerts = directory.resolve("alerts.yml");
    Path configuration = directory.resolve("prometheus.yml");
    Files.writeString(
        alerts,
        Files.readString(DOCS.resolve("alerts.yml")).replaceAll("(?m)^( +for: ).*", "$1" + OFTEN));
    String shipped = Files.readString(DOCS.resolve("observability/prometheus.yml"));
    String targets = String.join(", ", nodes.stream().map(n -> n.address().toString()).toList());
    String changed = replace(shipped, "scrape_interval: 5s", "scrape_interval: " + SCRAPE);
    changed = replace(changed, "evaluation_interval: 15s", "evaluation_interval: " + OFTEN);
    changed = replace(changed, "/etc/prometheus/alerts.yml", alerts.toString());
    changed = replace(changed, "node-1:3000, node-2:3000, node-3:3000", targets);
    Files.writeString(configuration, changed);

    String address = TestNode.freeAddress().toString();
    Path log = directory.resolve("prometheus.log");
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=" + address)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Prometheus prometheus = new Prometheus(address, process);
    try {
      await()
          .conditionEvaluationListener(condition -> requireAlive(process, log))
          .until(prometheus::isReady);
      return prometheus;
    } catch (RuntimeException e) {
      prometheus.close();
      throw e;
    }
  }

  private static String replace(String text, String there, String instead) {
    if (!text.contains(there)) {
      throw new IllegalStateException("docs/observability/prometheus.yml lacks " + there);
    }
    return text.replace(there, instead);
  }

  private static void requireAlive(Process process, Path log) {
    if (!process.isAlive()) {
      try {
        throw new IllegalStateException("Prometheus ended: " + Files.readString(log));
      } catch (IOException e) {
        throw new IllegalStateException("Prometheus ended", e);
      }
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What the API answers; fails where it calls the request wrong. */
  JsonNode api(String path) throws IOException, InterruptedException {
    JsonNode answer = JsonMapper.shared().readTree(get("/api/v1/" + path).body());
    if (!answer.path("status").asString("").equals("success")) {
      throw new AssertionError(path + ": " + answer);
    }
    return answer.get("data");
  }

  /** The series of a query over the last minute, as a panel of Grafana asks for them. */
  JsonNode range(String query) throws IOException, InterruptedException {
    Instant now = Instant.now();
    String from = now.minusSeconds(60).toString();
    return api("query_range?step=1&start=" + from + "&end=" + now + "&query=" + encode(query))
        .get("result");
  }

  /** The series of a query at this moment, as a rule sees them. */
  JsonNode now(String query) throws IOException, InterruptedException {
    return api("query?query=" + encode(query)).get("result");
  }

  private static String encode(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://" + address + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    await().until(() -> !process.isAlive());
  }
}
