package io.distri.node.service;

import io.distri.node.problem.ProblemException;
import io.distri.protocol.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriUtils;

/**
 * A call that came over HTTP. The query is read from the URL alone: the servlet's own parameters
 * would swallow the body of a caller that declares it as a form, as {@code curl --data-binary}
 * does.
 */
final class HttpServiceRequest implements ServiceRequest {
  static final String PARAM = "param";

  private final HttpServletRequest http;
  private final byte[] body;
  private final Deadline deadline;
  private final Map<String, List<String>> query;

  HttpServiceRequest(HttpServletRequest http, byte[] body, Deadline deadline) {
    this.http = http;
    this.body = body;
    this.deadline = deadline;
    this.query = query(http.getQueryString());
  }

  /** Names and values as they are spelt. */
  private static Map<String, List<String>> query(@Nullable String given) {
    if (given == null) {
      return Map.of();
    }
    Map<String, List<String>> query = new HashMap<>();
    for (String pair : given.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      query.computeIfAbsent(name, first -> new ArrayList<>(1)).add(value);
    }
    return query;
  }

  @Override
  public List<String> params() {
    return query.getOrDefault(PARAM, Collections.emptyList()).stream()
        .map(HttpServiceRequest::decode)
        .toList();
  }

  @Override
  public Optional<String> option(String name) {
    List<String> values = query.get(name);
    return values == null ? Optional.empty() : Optional.of(decode(values.getFirst()));
  }

  private static String decode(String value) {
    try {
      return UriUtils.decode(value.replace('+', ' '), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "A value in the query of the URL is badly encoded.");
    }
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(http.getHeader(name));
  }

  @Override
  public boolean accepts(String mediaType) {
    List<String> accept = Collections.list(http.getHeaders(HttpHeaders.ACCEPT));
    if (accept.isEmpty()) {
      return false;
    }
    MediaType wanted = MediaType.parseMediaType(mediaType);
    try {
      return MediaType.parseMediaTypes(accept).stream()
          .anyMatch(accepted -> !accepted.isWildcardType() && accepted.includes(wanted));
    } catch (InvalidMediaTypeException malformed) {
      throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The Accept header can't be read.");
    }
  }

  @Override
  public String caller() {
    return http.getRemoteAddr();
  }

  @Override
  public boolean isAbandoned() {
    return CallerValve.isGone(http);
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public byte[] bytes() {
    return body;
  }
}
