package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.distri.node.Examples.Request;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The API's description, as a node serves it, and what of an answer differs from it. */
final class Description {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final JsonNode root;

  /** A method of a path. */
  record Operation(String method, String path, JsonNode json) {
    @Override
    public String toString() {
      return method + " " + path;
    }

    /** The statuses that it names, such as 404, 2XX or default. */
    List<String> statuses() {
      return List.copyOf(json.get("responses").propertyNames());
    }
  }

  private Description(JsonNode root) {
    this.root = root;
  }

  /** The description that a node serves, to callers with a token where it has one. */
  static Description of(TestNode node, String... headers) throws Exception {
    Request request = new Request("GET", "/v3/api-docs", List.of(headers), new byte[0]);
    return new Description(JSON.readTree(request.send(node).body()));
  }

  JsonNode at(String pointer) {
    return root.at(pointer);
  }

  /** A list of texts in the description. */
  static List<String> texts(JsonNode array) {
    return array.values().stream().map(JsonNode::asString).toList();
  }

  List<Operation> operations() {
    return root.get("paths").properties().stream()
        .flatMap(path ->
            path.getValue().properties().stream()
                .map(method ->
                    new Operation(
                        method.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        method.getValue())))
        .toList();
  }

  /** The operation that a request is for: a path that names it exactly comes first. */
  Operation operation(String method, String path) {
    return operations().stream()
        .filter(operation -> operation.method.equals(method))
        .filter(operation -> new UriTemplate(operation.path).matches(path))
        .min((a, b) -> Boolean.compare(a.path.contains("{"), b.path.contains("{")))
        .orElseThrow();
  }

  /** What a reference refers to; all else is itself. */
  JsonNode resolve(JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null ? node : root.at(reference.asString().substring(1));
  }

  /** The response of a status, if it is described. */
  Optional<JsonNode> response(Operation operation, int status) {
    return Stream.of(Integer.toString(status), status / 100 + "XX", "default")
        .map(operation.json.get("responses")::get)
        .filter(response -> response != null)
        .map(this::resolve)
        .findFirst();
  }

  /** Sends a request, and fails where the answer is not as described. */
  Answer answer(Request request, TestNode node) throws Exception {
    Answer answer = request.send(node);
    assertThat(faults(request.operation(this), answer))
        .as("%s: %d %s", request, answer.status(), answer.headers().map())
        .isEmpty();
    return answer;
  }

  /** What of an answer is not as described. */
  List<String> faults(Operation operation, Answer answer) {
    Optional<JsonNode> response = response(operation, answer.status());
    return response.isEmpty()
        ? List.of("the status " + answer.status() + " is not described")
        : Stream.concat(headers(response.get(), answer), body(response.get(), answer)).toList();
  }

  private Stream<String> headers(JsonNode response, Answer answer) {
    List<String> faults = new ArrayList<>();
    JsonNode described = response.path("headers");
    for (var header : described.properties()) {
      JsonNode rule = resolve(header.getValue());
      Optional<String> value = answer.header(header.getKey());
      if (value.isEmpty() && rule.path("required").asBoolean()) {
        faults.add("the header " + header.getKey() + " is missing");
      }
      value.ifPresent(text -> faults.addAll(breaches(rule.get("schema"), value(rule, text))));
    }
    answer.headerNames().stream()
        .filter(name -> name.startsWith("distri-"))
        .filter(name -> described.propertyNames().stream().noneMatch(name::equalsIgnoreCase))
        .forEach(name -> faults.add("the header " + name + " is not described"));
    return faults.stream();
  }

  private static JsonNode value(JsonNode rule, String text) {
    return rule.at("/schema/type").asString("").equals("integer")
        ? JSON.readTree(text)
        : JsonNodeFactory.instance.stringNode(text);
  }

  private Stream<String> body(JsonNode response, Answer answer) {
    JsonNode content = response.path("content");
    if (content.isEmpty()) {
      return answer.body().length == 0 ? Stream.empty() : Stream.of("a body is not described");
    }
    MediaType type = MediaType.parseMediaType(answer.header("Content-Type").orElse("*/*"));
    Optional<JsonNode> schema =
        content.properties().stream()
            .filter(described -> MediaType.parseMediaType(described.getKey()).includes(type))
            .map(described -> described.getValue().path("schema"))
            .findFirst();
    if (schema.isEmpty()) {
      return Stream.of("the media type " + type + " is not described");
    }
    if (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json")) {
      return breaches(schema.get(), JSON.readTree(answer.body())).stream();
    }
    return schema.get().isMissingNode() || answer.isStream()
        ? Stream.empty()
        : breaches(schema.get(), JsonNodeFactory.instance.stringNode(answer.text())).stream();
  }

  /** Where a value breaks a schema. */
  private List<String> breaches(JsonNode schema, JsonNode value) {
    if (schema.isMissingNode()) {
      return List.of();
    }
    ObjectNode whole = ((ObjectNode) schema).deepCopy();
    whole.set("components", root.get("components"));
    return SCHEMAS.getSchema(whole).validate(value).stream().map(Error::toString).toList();
  }

  /** An answer, without the rest of a stream that goes on. */
  record Answer(int status, HttpHeaders headers, byte[] body) {
    Optional<String> header(String name) {
      return headers.firstValue(name);
    }

    List<String> headerNames() {
      return headers.map().keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    boolean isStream() {
      return header("Content-Type").orElse("").startsWith("text/event-stream");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }
}
