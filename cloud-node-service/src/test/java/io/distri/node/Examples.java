package io.distri.node;

import io.distri.node.Description.Answer;
import io.distri.node.Description.Operation;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;

/**
 * Requests out of the examples in the API's description: for each operation one with its first
 * examples, and one more for each further example of a parameter, body or media type.
 */
final class Examples {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Examples() {}

  /** A request, to be sent to some node. */
  record Request(String method, String target, List<String> headers, byte[] body) {

    /** The operation that it asks for. */
    Operation operation(Description api) {
      return api.operation(method, URI.create(target).getPath());
    }

    Request withHeader(String name, String value) {
      return new Request(
          method, target, Stream.concat(headers.stream(), Stream.of(name, value)).toList(), body);
    }

    private Request withBody(byte[] other) {
      return new Request(method, target, headers, other);
    }

    private Request with(JsonNode parameter, JsonNode value) {
      String name = parameter.get("name").asString();
      if (parameter.get("in").asString().equals("header")) {
        return withHeader(name, value.asString());
      }
      String spelt = URLEncoder.encode(value.asString(), StandardCharsets.UTF_8);
      String changed =
          parameter.get("in").asString().equals("path")
              ? target.replace("{" + name + "}", spelt)
              : target + (target.contains("?") ? "&" : "?") + name + "=" + spelt;
      return new Request(method, changed, headers, body);
    }

    /** Sends it; of a stream of events the answer has the beginning alone. */
    Answer send(TestNode node) throws IOException, InterruptedException {
      HttpRequest.Builder http =
          node.request(target).method(method, BodyPublishers.ofByteArray(body));
      if (!headers.isEmpty()) {
        http.headers(headers.toArray(String[]::new));
      }
      var response = HTTP.send(http.build(), BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        Answer head = new Answer(response.statusCode(), response.headers(), new byte[0]);
        return head.isStream()
            ? head
            : new Answer(response.statusCode(), response.headers(), in.readAllBytes());
      }
    }

    @Override
    public String toString() {
      return "%s %s %s %d bytes".formatted(method, target, headers, body.length);
    }
  }

  static List<Request> of(Description api, Operation operation) {
    List<Request> more = new ArrayList<>();
    List<byte[]> bodies = bodies(api, operation);
    Request base = new Request(operation.method(), operation.path(), List.of(), bodies.getFirst());
    List<JsonNode> parameters =
        operation.json().path("parameters").values().stream().map(api::resolve).toList();
    for (JsonNode parameter : parameters) {
      if (parameter.path("required").asBoolean()) {
        Request before = base;
        List<JsonNode> values = values(parameter);
        base = before.with(parameter, values.getFirst());
        values.stream().skip(1).map(value -> before.with(parameter, value)).forEach(more::add);
      }
    }
    Request first = base;
    for (JsonNode parameter : parameters) {
      if (!parameter.path("required").asBoolean()) {
        values(parameter).forEach(value -> more.add(first.with(parameter, value)));
      }
    }
    bodies.stream().skip(1).map(first::withBody).forEach(more::add);
    mediaTypes(api, operation).map(type -> first.withHeader("Accept", type)).forEach(more::add);
    more.addFirst(first);
    return more;
  }

  private static List<JsonNode> values(JsonNode described) {
    JsonNode example = described.path("example");
    if (example.isArray()) {
      return List.copyOf(example.values());
    }
    return example.isMissingNode()
        ? described.path("examples").values().stream().map(named -> named.get("value")).toList()
        : List.of(example);
  }

  private static List<byte[]> bodies(Description api, Operation operation) {
    JsonNode request = operation.json().get("requestBody");
    if (request == null) {
      return List.of(new byte[0]);
    }
    var content = api.resolve(request).get("content").properties().iterator().next();
    if (content.getKey().startsWith("image/")) {
      return List.of(image());
    }
    List<byte[]> bodies =
        values(content.getValue()).stream()
            .map(value -> value.isString() ? value.asString() : value.toString())
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();
    return bodies.isEmpty() ? List.of(new byte[0]) : bodies;
  }

  private static Stream<String> mediaTypes(Description api, Operation operation) {
    return api.response(operation, 200).stream()
        .flatMap(response -> response.path("content").propertyNames().stream())
        .filter(type -> !type.contains("*"));
  }

  /** A small PNG. */
  static byte[] image() {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return png.toByteArray();
  }
}
