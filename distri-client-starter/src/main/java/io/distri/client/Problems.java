package io.distri.client;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the problems that nodes answer with. */
final class Problems {

  /** Enough of a foreign error page to recognise it. */
  private static final int EXCERPT = 300;

  private static final JsonMapper JSON = JsonMapper.shared();

  private Problems() {}

  /** The problem in an error response; whatever the body is, there is one. */
  static Problem of(Reply.Answer answer) {
    if (answer.header("Content-Type").contains("json")) {
      try {
        return of(JSON.readTree(answer.body()), answer.status());
      } catch (JacksonException malformed) {
        return foreign(answer);
      }
    }
    return foreign(answer);
  }

  /** The problem that ended a stream of events. */
  static Problem of(ServerEvent event) {
    JsonNode json = JSON.readTree(event.data());
    return of(json, json.path("status").asInt(0));
  }

  private static Problem of(JsonNode json, int status) {
    return new Problem(
        json.path("type").asString("about:blank"),
        status,
        json.path("title").asString(""),
        json.path("detail").asString(""));
  }

  private static Problem foreign(Reply.Answer answer) {
    String body = new String(answer.body(), StandardCharsets.UTF_8).strip();
    String excerpt = body.length() > EXCERPT ? body.substring(0, EXCERPT) + "…" : body;
    return new Problem("about:blank", answer.status(), "", excerpt);
  }
}
