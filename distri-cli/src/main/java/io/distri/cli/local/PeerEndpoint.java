package io.distri.cli.local;

import io.distri.cli.terminal.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A peer that runs on this machine, found by the file that it keeps for the terminal. */
public final class PeerEndpoint {

  /** Uploads of large images included. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int OK = 200;

  private final Path control;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  /**
   * @param directory of the peer
   */
  public PeerEndpoint(Path directory) {
    this.control = directory.resolve("control.json");
  }

  /** Whether it answers. */
  public boolean isUp() {
    try {
      return !state().isEmpty();
    } catch (Failure down) {
      return false;
    }
  }

  /** Everything that the peer shows. */
  public JsonNode state() {
    return JsonMapper.shared().readTree(text(send("GET", "state", Map.of(), null)));
  }

  /**
   * Has the peer do something.
   *
   * @throws Failure where it refuses, with its words, or does not run
   */
  public void tell(String what, Map<String, String> params) {
    text(send("POST", what, params, null));
  }

  /** Has the peer publish an image. */
  public void add(Path image, String name, boolean thumbnail) {
    text(
        send(
            "POST",
            "add",
            Map.of("resource", name, "thumbnail", Boolean.toString(thumbnail)),
            image));
  }

  /** Takes a view; returns how many are left. */
  public String view(String peer, String resource, OutputStream out) {
    HttpResponse<InputStream> answer =
        send("POST", "view", Map.of("peer", peer, "resource", resource), null);
    try (InputStream in = answer.body()) {
      if (answer.statusCode() != OK) {
        throw refusal(answer);
      }
      in.transferTo(out);
      return answer.headers().firstValue("Distri-Views-Left").orElse("?");
    } catch (IOException e) {
      throw Failure.of("The image did not come", e);
    }
  }

  private static String text(HttpResponse<InputStream> answer) {
    try (InputStream in = answer.body()) {
      if (answer.statusCode() != OK) {
        throw refusal(answer);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.of("The peer did not answer", e);
    }
  }

  private static Failure refusal(HttpResponse<InputStream> answer) throws IOException {
    try {
      JsonNode words = JsonMapper.shared().readTree(answer.body().readAllBytes());
      return new Failure(words.path(0).asString("The peer answered " + answer.statusCode() + "."));
    } catch (JacksonException wordless) {
      return new Failure("The peer answered " + answer.statusCode() + ".", wordless);
    }
  }

  private HttpResponse<InputStream> send(
      String method, String what, Map<String, String> params, @Nullable Path body) {
    try {
      JsonNode told = JsonMapper.shared().readTree(Files.readAllBytes(control));
      String query =
          params.entrySet().stream()
              .map(param -> param.getKey() + "=" + encoded(param.getValue()))
              .collect(Collectors.joining("&"));
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(told.path("url").asString() + "/api/" + what + "?" + query))
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + told.path("token").asString())
              .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofFile(body))
              .build();
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted while waiting for the peer.", e);
    } catch (IOException | JacksonException e) {
      throw new Failure(
          "No peer runs there: start it with './distri peer --identifier … --ips …'.", e);
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
