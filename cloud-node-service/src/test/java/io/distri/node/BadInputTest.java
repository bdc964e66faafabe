package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.Headers;
import io.distri.protocol.LoadReport;
import io.distri.protocol.SessionToken;
import io.distri.protocol.image.AgeIdentity;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bad input gets a clear error on a real socket and changes nothing; the node goes on. */
class BadInputTest {
  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.alone("distri.node.max-body=1MB");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @AfterEach
  void the_node_goes_on() throws Exception {
    HttpResponse<byte[]> added = node.call("AddDocument?param=catalog", "{\"a\":1}");
    assertThat(added.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Nonsense                            | x                  | 404 | unknown-service    | Nonsense
          AddDocument?param=nowhere           | {"a":1}            | 404 | unknown-collection | nowhere
          ReadCollection?param=nowhere        | ''                 | 404 | unknown-collection | nowhere
          DeleteDocument?param=nowhere        | {"a":1}            | 404 | unknown-collection | nowhere
          DeleteCollection?param=nowhere      | ''                 | 404 | unknown-collection | nowhere
          AddDocument?param=catalog           | {"a":              | 400 | malformed-json     | JSON
          AddDocument?param=catalog           | {"a":1,"a":2}      | 400 | malformed-json     | a
          AddDocument?param=catalog           | [1,2]              | 400 | not-an-object      | object
          AddDocument?param=catalog           | ''                 | 400 | empty-body         | body
          AddDocument                         | {"a":1}            | 400 | malformed-request  | collection
          UpdateDocument?param=catalog        | {"a":1}            | 400 | malformed-request  | UUID
          AddDocument?param=catalog           | {"UUID":7}         | 400 | bad-name           | UUID
          CreateCollection                    | ''                 | 400 | empty-body         | body
          CreateCollection                    | a b                | 400 | bad-name           | letters
          CreateCollection                    | ../etc/passwd      | 400 | bad-name           | letters
          CreateCollection                    | naïve              | 400 | bad-name           | letters
          ReadCollection?param=catalog        | {"a":{"$near":1}}  | 400 | bad-filter         | $near
          ReadCollection?param=catalog&limit=0| ''                 | 400 | malformed-request  | limit
          ReadCollection?param=catalog&cursor=x| ''                | 400 | bad-cursor         | cursor
          DeleteDocument?param=catalog        | {}                 | 400 | empty-filter       | all=true
          DeleteDocument?param=catalog        | {"$or":[{}]}       | 400 | empty-filter       | all=true
          DeleteDocument?param=catalog        | {"$and":[{}]}      | 400 | empty-filter       | all=true
          DeleteDocument?param=catalog        | {"a":{"$nin":[]}}  | 400 | empty-filter       | all=true
          ReadCollection?param=catalog        | {"a":{"b":{"$gt":1}}} | 400 | bad-filter      | $gt
          Encrypt                             | ''                 | 422 | no-recipient       | age1
          Encrypt?param=age1nonsense          | x                  | 400 | bad-recipient      | age
          """)
  void says_what_is_wrong(String path, String body, int status, String slug, String word)
      throws Exception {
    HttpResponse<byte[]> answer = node.call(path, body);
    assertProblem(answer, status, slug, word);
  }

  @Test
  void the_longest_session_token_is_read_and_a_longer_one_is_refused() throws Exception {
    TreeMap<Long, Long> seqs = new TreeMap<>(Long::compareUnsigned);
    for (long actor = 1;
        new SessionToken(seqs).format().length() < SessionToken.MAX_LENGTH;
        actor++) {
      seqs.put(actor, 1L);
    }
    String longest = new SessionToken(seqs).format();
    // Whole, and ahead of this node; not taken for broken.
    assertThat(read(longest).statusCode()).isEqualTo(503);
    assertThat(read(longest + "AAAA").statusCode()).isEqualTo(400);
  }

  private HttpResponse<byte[]> read(String session) throws Exception {
    return node.call(
        "ReadCollection?param=catalog", "", Headers.SESSION, session, Headers.DEADLINE_MS, "2000");
  }

  @Test
  void a_filter_has_room_for_as_many_of_the_longest_UUIDs_as_an_in_may_list() throws Exception {
    String uuids =
        IntStream.range(0, 1000)
            .mapToObj(i -> "\"%04d%s\"".formatted(i, "é".repeat(252)))
            .collect(Collectors.joining(","));
    HttpResponse<byte[]> answer =
        node.call("ReadCollection?param=catalog", "{\"UUID\":{\"$in\":[" + uuids + "]}}");
    assertThat(TestNode.text(answer)).isEqualTo("[]");
  }

  @Test
  void an_empty_image_is_400_and_a_text_file_is_415() throws Exception {
    String recipient = AgeIdentity.generate().recipient().toString();
    assertProblem(node.call("Encrypt?param=" + recipient, ""), 400, "empty-body", "image");
    assertProblem(
        node.call("Encrypt?param=" + recipient, "just a text"), 415, "not-an-image", "PNG");
  }

  @Test
  void a_body_over_the_limit_is_413_announced_or_not() throws Exception {
    byte[] large = new byte[3 * 1024 * 1024];
    String recipient = AgeIdentity.generate().recipient().toString();
    String path = "/services/Encrypt?param=" + recipient;
    HttpRequest.BodyPublisher announced = HttpRequest.BodyPublishers.ofByteArray(large);
    assertProblem(node.send(node.request(path).POST(announced)), 413, "body-too-large", "1048576");
    HttpRequest.BodyPublisher chunked =
        HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(large));
    assertProblem(node.send(node.request(path).POST(chunked)), 413, "body-too-large", "1048576");
    byte[] document = ("{\"a\":\"" + "x".repeat(300_000) + "\"}").getBytes(StandardCharsets.UTF_8);
    assertProblem(
        node.call("AddDocument?param=catalog", document), 413, "body-too-large", "262144");
  }

  @Test
  void json_nested_too_deep_is_400() throws Exception {
    String deep = "{\"a\":".repeat(65) + "1" + "}".repeat(65);
    assertProblem(node.call("AddDocument?param=catalog", deep), 400, "malformed-json", "64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/services/Stats", "/services/Encrypt"})
  void a_wrong_method_is_405(String path) throws Exception {
    HttpResponse<byte[]> answer = node.get(path);
    assertProblem(answer, 405, "method-not-allowed", "POST");
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/services",
        "/services/",
        "/services/a/b",
        "/internal/update-info",
        "/internal/join",
        "/internal",
        "/actuator",
        "/actuator/env",
        "/actuator/heapdump",
        "/error",
        "/index.html",
        "/..%2finternal/join"
      })
  void nothing_else_answers(String path) throws Exception {
    assertThat(node.get(path).statusCode()).isIn(400, 404);
  }

  @Test
  void every_response_tells_the_node_and_its_load() throws Exception {
    for (HttpResponse<byte[]> answer :
        List.of(
            node.get("/nodes"), node.get("/probe"), node.get("/nothing"), node.call("Stats", ""))) {
      assertThat(answer.headers().firstValue(Headers.NODE)).isPresent();
      String load = answer.headers().firstValue(Headers.LOAD).orElseThrow();
      assertThat(LoadReport.parse(load)).isPresent();
    }
    assertThat(node.get("/probe").statusCode()).isEqualTo(204);
  }

  @Test
  void a_body_declared_as_a_form_is_still_the_body() throws Exception {
    HttpResponse<byte[]> answer =
        node.call(
            "AddDocument?param=catalog",
            "{\"UUID\":\"form\"}",
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertThat(TestNode.text(answer)).isEqualTo("form");
  }

  @Test
  void a_caller_that_hangs_up_in_mid_body_harms_nobody() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", node.address().port())) {
      String head =
          "POST /services/AddDocument?param=catalog HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"a\"";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }
  }

  static void assertProblem(HttpResponse<byte[]> answer, int status, String slug, String word) {
    String body = TestNode.text(answer);
    assertThat(answer.statusCode()).as(body).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = JsonMapper.shared().readTree(body);
    assertThat(problem.get("type").asString()).isEqualTo("urn:distri:problem:" + slug);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("detail").asString()).contains(word);
  }
}
