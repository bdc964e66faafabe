package io.distri.node.problem;

import io.distri.protocol.Headers;
import io.distri.protocol.ProblemType;
import io.distri.protocol.guard.RareLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems to responses. */
public final class ProblemWriter {
  private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);

  /** Of a path in the log. */
  private static final int MOST_CHARACTERS = 200;

  private final JsonMapper json;
  private final RareLog rare = RareLog.everyMinute();

  public ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  /**
   * Answers with a problem. Does nothing where an answer is on its way already; the connection then
   * breaks off, so that nobody takes half an answer for a whole one.
   *
   * @param detail what was wrong and what to do
   * @param retryAfter when it makes sense to come back
   */
  public void write(
      HttpServletResponse response, ProblemType type, String detail, @Nullable Duration retryAfter)
      throws IOException {
    if (response.isCommitted()) {
      throw new CloseNowException("an answer was on its way: " + detail);
    }
    response.resetBuffer();
    response.setStatus(type.status());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setHeader(HttpHeaders.CONTENT_LENGTH, null);
    if (!type.executed().isEmpty()) {
      response.setHeader(Headers.EXECUTED, type.executed());
    }
    if (retryAfter != null) {
      long seconds = Math.max(1, (retryAfter.toMillis() + 999) / 1000);
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }
    byte[] body = toJson(type, detail);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** A problem as JSON in one line, UTF-8. */
  public byte[] toJson(ProblemType type, String detail) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", type.uri().toString());
    problem.put("title", type.title());
    problem.put("status", type.status());
    problem.put("detail", detail);
    return json.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8);
  }

  /** Answers that nothing is at the path. */
  public void writeNothingHere(HttpServletResponse response) throws IOException {
    write(
        response,
        ProblemType.NOT_FOUND,
        "There is nothing at this path. Services are called with POST /services/{service}.",
        null);
  }

  /**
   * Answers that the path takes other methods.
   *
   * @param allowed as in an {@code Allow} header
   */
  public void writeWrongMethod(HttpServletResponse response, String method, String allowed)
      throws IOException {
    response.setHeader(HttpHeaders.ALLOW, allowed);
    write(
        response,
        ProblemType.METHOD_NOT_ALLOWED,
        "This path does not take " + method + "; it takes " + allowed + ".",
        null);
  }

  /** Answers where only a status is known, as where the container itself refused a request. */
  public void writeStatus(HttpServletResponse response, int status) throws IOException {
    switch (status) {
      case 404 -> writeNothingHere(response);
      case 405 ->
          write(
              response,
              ProblemType.METHOD_NOT_ALLOWED,
              "This path does not take that method.",
              null);
      case 503 ->
          write(
              response,
              ProblemType.UNAVAILABLE,
              "The node starts or stops. Nothing was executed; call another one.",
              null);
      default -> {
        // 501 and 505 stand for a transfer encoding and a version that the request should not have.
        if (status < 500 || status == 501 || status == 505) {
          write(
              response,
              ProblemType.MALFORMED_REQUEST,
              "The request is no valid HTTP/1.1, its path is badly encoded, or its headers are too"
                  + " large.",
              null);
        } else {
          write(
              response,
              ProblemType.INTERNAL,
              "The node failed at this. Whether it took effect is unknown.",
              null);
        }
      }
    }
  }

  /**
   * Answers with what was thrown: a problem as it says, what Spring holds the caller responsible
   * for as such, and all else as a fault of the node, which is logged.
   */
  public void write(HttpServletRequest request, HttpServletResponse response, Throwable thrown)
      throws IOException {
    if (thrown instanceof ProblemException problem) {
      write(response, problem.type(), problem.detail(), problem.retryAfter());
    } else if (thrown instanceof HttpMediaTypeNotAcceptableException) {
      write(response, ProblemType.NOT_ACCEPTABLE, "There is nothing here that you accept.", null);
    } else if (thrown instanceof ErrorResponse error && error.getStatusCode().is4xxClientError()) {
      write(
          response, ProblemType.MALFORMED_REQUEST, "The request can't be answered as asked.", null);
    } else {
      logFault(request, thrown);
      write(
          response,
          ProblemType.INTERNAL,
          "The node failed at this; its log has the reason. Whether it took effect is unknown.",
          null);
    }
  }

  /** Once a minute from where it was thrown, since callers may be able to cause it at will. */
  private void logFault(HttpServletRequest request, Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    String place = trace.length == 0 ? "" : trace[0].toString();
    if (rare.mayLog(thrown.getClass().getName() + ' ' + place)) {
      String path = request.getRequestURI();
      String shown = path.substring(0, Math.min(path.length(), MOST_CHARACTERS));
      log.error("{} {} failed", request.getMethod(), shown, thrown);
    }
  }
}
