package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.Description.Answer;
import io.distri.node.Description.Operation;
import io.distri.node.Examples.Request;
import io.distri.node.service.ServiceRegistry;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** All that answers on the public port is described, and answers as described. */
class OpenApiTest {
  private static final String AUTHORIZATION = "Authorization";
  private static final String TOKEN = "Bearer of-this-test-alone";

  private static TestNode node;
  private static Description api;

  @BeforeAll
  static void start() throws Exception {
    node =
        TestNode.alone(
            "distri.node.access.tokens=of-this-test-alone",
            "distri.node.encrypt.recipients="
                + "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj");
    api = Description.of(node, AUTHORIZATION, TOKEN);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void every_mapping_is_described_and_nothing_else() {
    Set<String> mapped = ScanTest.registered(node);
    mapped.removeIf(route -> route.contains(" /internal/") || route.equals("any /error"));
    for (String service : node.context().getBean(ServiceRegistry.class).names()) {
      mapped.add("POST /services/" + service);
    }
    Set<String> described =
        api.operations().stream()
            .map(Operation::toString)
            .map(route -> route.replaceFirst("(/actuator/health)/.+", "$1/**"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(described).isEqualTo(mapped);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void every_example_is_answered_well_and_as_described(Operation operation) throws Exception {
    for (Request example : Examples.of(api, operation)) {
      call("CreateCollection", "catalog");
      Request request = example.withHeader(AUTHORIZATION, TOKEN);
      assertThat(api.answer(request, node).status()).as("%s", request).isLessThan(300);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void what_is_not_said_to_be_open_wants_the_token(Operation operation) throws Exception {
    JsonNode security = operation.json().get("security");
    boolean open = security != null && security.isEmpty();
    Request request = Examples.of(api, operation).getFirst();
    Request wrong = request.withHeader(AUTHORIZATION, "Bearer wrong");
    assertThat(api.answer(request, node).status() == 401).isNotEqualTo(open);
    assertThat(api.answer(wrong, node).status() == 403).isNotEqualTo(open);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void foreign_pages_and_foreign_names_are_refused(Operation operation) throws Exception {
    Request request = Examples.of(api, operation).getFirst();
    Request ofPage = request.withHeader("Origin", "https://evil.example");
    assertThat(api.answer(ofPage, node).status()).isEqualTo(403);
    Answer byName = byForeignName(request);
    assertThat(byName.status()).isEqualTo(421);
    assertThat(api.faults(operation, byName)).isEmpty();
  }

  /** As if a foreign name resolved to the node: Java's client lets nobody set the header. */
  private static Answer byForeignName(Request request) throws Exception {
    var proxy = new InetSocketAddress(node.address().host(), node.address().port());
    try (HttpClient http = HttpClient.newBuilder().proxy(ProxySelector.of(proxy)).build()) {
      var response =
          http.send(
              HttpRequest.newBuilder(URI.create("http://evil.example" + request.target()))
                  .method(request.method(), HttpRequest.BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.headers(), response.body());
    }
  }

  static List<Operation> operations() {
    return api.operations();
  }

  @Test
  void what_an_answer_gives_is_good_in_the_next_request() throws Exception {
    String version =
        call("AddDocument?param=users", "{\"UUID\":\"a\"}").header("Distri-Version").orElseThrow();
    for (String time : List.of("first", "repeated")) {
      Answer update =
          call(
              "UpdateDocument?param=users&ifVersion=" + version,
              "{\"UUID\":\"a\",\"n\":1}",
              "Idempotency-Key",
              "once");
      assertThat(update.text()).as(time).isEqualTo("a");
    }
    call("AddDocument?param=users", "{\"UUID\":\"b\"}");
    String read = "ReadCollection?param=users&limit=1";
    Answer page = call(read, "");
    assertThat(page.header("Link").orElseThrow())
        .startsWith("</services/" + read)
        .endsWith("; rel=\"next\"");
    Answer last =
        call(
            read + "&cursor=" + page.header("Distri-Cursor").orElseThrow(),
            "",
            "Distri-Session",
            page.header("Distri-Session").orElse(""));
    assertThat(last.text()).isEqualTo("[{\"UUID\":\"b\"}]");
    assertThat(last.header("Distri-Cursor")).isEmpty();
  }

  private static Answer call(String target, String body, String... headers) throws Exception {
    List<String> all = new ArrayList<>(List.of(AUTHORIZATION, TOKEN));
    all.addAll(Arrays.asList(headers));
    Answer answer =
        api.answer(
            new Request("POST", "/services/" + target, all, body.getBytes(StandardCharsets.UTF_8)),
            node);
    assertThat(answer.status()).as(answer.text()).isLessThan(300);
    return answer;
  }

  @Test
  void a_change_feed_tells_the_events_of_its_example() throws Exception {
    call("CreateCollection", "told");
    call("AddDocument?param=told", "{\"UUID\":\"cat\"}");
    // It answers once it has told of the document.
    var feed =
        HttpClient.newHttpClient()
            .send(
                node.request("/collections/told/changes").header(AUTHORIZATION, TOKEN).build(),
                BodyHandlers.ofLines());
    call("DeleteDocument?param=told", "{\"UUID\":\"cat\"}");
    call("DeleteCollection?param=told", "");
    String example =
        api.operation("GET", "/collections/told/changes")
            .json()
            .at("/responses/200/content/text~1event-stream/example")
            .asString();
    assertThat(events(feed.body())).isEqualTo(events(example.lines()));
  }

  /** The lines of events, without their data. */
  private static List<String> events(Stream<String> lines) {
    return lines.map(line -> line.replaceFirst("^(data|id|): .*", "$1")).toList();
  }
}
