package io.distri.node;

import static io.distri.node.Description.texts;
import static io.distri.node.TestNode.await;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.Description.Answer;
import io.distri.node.Description.Operation;
import io.distri.node.Examples.Request;
import io.distri.node.local.LocalNode;
import io.distri.node.service.CloudService;
import io.distri.node.service.ServiceRegistry;
import io.distri.protocol.ProblemType;
import io.distri.protocol.SessionToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** Each problem is described where it occurs, and is answered as described. */
class OpenApiProblemsTest {
  /** No operation on the public port answers with these. */
  private static final Set<ProblemType> NOT_OF_AN_OPERATION =
      Set.of(
          ProblemType.EVICTED,
          ProblemType.FOREIGN_CLUSTER,
          ProblemType.DUPLICATE_IDENTITY,
          ProblemType.METHOD_NOT_ALLOWED);

  /**
   * One operation stands for all with a queue, a broken service or a caller who stalls; a full disk
   * and a full DB have tests of their own.
   */
  private static final Set<String> PROVOKED_ONCE = Set.of("408", "429", "500", "504", "507");

  /** Each operation is asked for these in tests of their own, here and in {@link OpenApiTest}. */
  private static final Set<String> PROVOKED_EVERYWHERE = Set.of("401", "403", "421", "503");

  /** Status, problem, and the request that provokes it. */
  private static final String TABLE = "/io/distri/node/problems.csv";

  /** What can't stand in the table. */
  private static final Map<String, String> PREPARED = new HashMap<>();

  private static TestNode node;
  private static Description api;

  @Configuration(proxyBeanMethods = false)
  static class OwnServices {
    static final CountDownLatch RELEASE = new CountDownLatch(1);

    @Bean
    CloudService held() {
      return CloudService.of(
          "Held",
          bytes -> {
            try {
              RELEASE.await();
            } catch (InterruptedException stopping) {
              Thread.currentThread().interrupt();
            }
            return bytes;
          });
    }

    @Bean
    CloudService echo() {
      return CloudService.of("Echo", bytes -> bytes);
    }

    @Bean
    CloudService broken() {
      return CloudService.of(
          "Broken",
          bytes -> {
            throw new IllegalStateException("as this test wants it");
          });
    }
  }

  @BeforeAll
  static void start() throws Exception {
    node =
        TestNode.with(
            OwnServices.class,
            "distri.node.max-body=1MB",
            "distri.node.admission.user-permits=1",
            "distri.node.db.max-collections=4");
    api = Description.of(node);
    PREPARED.put("<large>", "x".repeat(2_000_000));
    PREPARED.put("<image>", new String(Examples.image(), StandardCharsets.ISO_8859_1));
    PREPARED.put("<reader>", "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj");
    PREPARED.put("<ahead>", new SessionToken(new TreeMap<>(Map.of(1L, 1L))).format());
    node.call("AddDocument?param=catalog", "{\"UUID\":\"taken\"}", "Idempotency-Key", "add");
    node.call("DeleteDocument?param=catalog", "{\"n\":5}", "Idempotency-Key", "del");
    node.call("CreateCollection", "keyed", "Idempotency-Key", "make");
    node.call("DeleteCollection?param=keyed", "", "Idempotency-Key", "drop");
    node.call("CreateCollection", "gone");
    node.call("AddDocument?param=gone", "{}");
    node.call("AddDocument?param=gone", "{}");
    PREPARED.put(
        "<cursor>",
        node.call("ReadCollection?param=gone&limit=1", "")
            .headers()
            .firstValue("Distri-Cursor")
            .orElseThrow());
    node.call("DeleteCollection?param=gone", "");
    node.call("CreateCollection", "gone");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void every_problem_of_the_protocol_is_described_and_no_other() {
    assertThat(texts(api.at("/components/schemas/Problem/properties/type/enum")))
        .containsExactlyElementsOf(
            Arrays.stream(ProblemType.values()).map(type -> type.uri().toString()).toList());
  }

  @Test
  void every_problem_stands_where_its_status_does() {
    Set<String> described = new TreeSet<>();
    for (Operation operation : api.operations()) {
      for (String status : operation.statuses()) {
        problems(operation, status).forEach(problem -> described.add(status + " " + problem));
      }
    }
    Set<String> expected =
        Arrays.stream(ProblemType.values())
            .filter(type -> !NOT_OF_AN_OPERATION.contains(type))
            .map(type -> type.status() + " " + type.uri())
            .collect(toSet());
    assertThat(described).isEqualTo(expected);
  }

  /** The problems that an operation names for a status. */
  private static List<String> problems(Operation operation, String status) {
    JsonNode type =
        api.resolve(operation.json().get("responses").get(status))
            .at("/content/application~1problem+json/schema/allOf/1/properties/type");
    return type.has("const") ? List.of(type.get("const").asString()) : texts(type.path("enum"));
  }

  @ParameterizedTest
  @CsvFileSource(resources = TABLE, delimiter = '|', quoteCharacter = '\'', numLinesToSkip = 1)
  void a_problem_is_answered_as_described(
      int status, String problem, String line, String header, String body) throws Exception {
    Answer answer = api.answer(request(line, header, body), node);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.text()).contains("urn:distri:problem:" + problem);
  }

  private static Request request(String line, String header, String body) {
    String[] methodAndTarget = prepared(line).split(" ");
    List<String> headers = header.isEmpty() ? List.of() : List.of(prepared(header).split(": "));
    byte[] bytes = prepared(body).getBytes(StandardCharsets.ISO_8859_1);
    return new Request(methodAndTarget[0], methodAndTarget[1], headers, bytes);
  }

  private static String prepared(String text) {
    for (var entry : PREPARED.entrySet()) {
      text = text.replace(entry.getKey(), entry.getValue());
    }
    return text;
  }

  @Test
  void every_status_that_is_described_is_provoked() throws IOException {
    Set<String> open = new TreeSet<>();
    for (Operation operation : api.operations()) {
      operation.statuses().stream()
          .filter(status -> status.matches("[45]\\d\\d"))
          .filter(status -> !PROVOKED_ONCE.contains(status))
          .filter(status -> !PROVOKED_EVERYWHERE.contains(status))
          .forEach(status -> open.add(status + " " + operation));
    }
    for (String row : rows()) {
      String[] cells = row.split(" *\\| *");
      open.remove(cells[0] + " " + request(cells[2], "", "").operation(api));
    }
    assertThat(open).isEmpty();
  }

  private static List<String> rows() throws IOException {
    try (InputStream table = OpenApiProblemsTest.class.getResourceAsStream(TABLE)) {
      String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).toList();
    }
  }

  @Test
  void a_node_that_does_not_serve_says_so_as_described() throws Exception {
    try (TestNode left = TestNode.alone()) {
      left.context().getBean(LocalNode.class).shutOut();
      for (Operation operation : api.operations()) {
        Answer answer = api.answer(Examples.of(api, operation).getFirst(), left);
        boolean serves = operation.path().matches(".*/(\\{service}|liveness)");
        assertThat(answer.status() == 503)
            .as("%s: %s", operation, answer.text())
            .isEqualTo(operation.statuses().contains("503") && !serves);
      }
    }
  }

  @Test
  void a_queue_that_is_too_long_for_a_call_is_told_as_described() throws Exception {
    HttpRequest.Builder echo = node.request("/services/Echo").POST(BodyPublishers.noBody());
    var held = node.sendAsync(node.request("/services/Held").POST(BodyPublishers.noBody()));
    await().until(() -> TestNode.text(node.call("Stats", "")).contains("In Flight: 1"));
    try {
      Request late = request("POST /services/Echo", "Distri-Deadline-Ms: 1", "x");
      assertThat(api.answer(late, node).status()).isEqualTo(504);
      Request patient = request("POST /services/Echo", "Distri-Deadline-Ms: 500", "x");
      await()
          .until(() -> {
            // What is known of a service's time fades, and the queue gets longer with it.
            Stream.generate(() -> node.sendAsync(echo)).limit(300).forEach(queued -> {});
            return api.answer(patient, node).status() == 429;
          });
    } finally {
      OwnServices.RELEASE.countDown();
    }
    held.get();
  }

  @Test
  void services_of_users_are_named_in_the_description() {
    assertThat(texts(api.at("/components/parameters/Service/schema/enum")))
        .isEqualTo(node.context().getBean(ServiceRegistry.class).names())
        .contains("Echo", "Encrypt");
  }
}
