package io.distri.node.service;

import io.distri.node.problem.ProblemException;
import io.distri.protocol.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
  public String preferred(String usual, String... others) {
    List<MediaType> ranges = accepted();
    String best = usual;
    double quality = quality(ranges, usual);
    for (String other : others) {
      double of = quality(ranges, other);
      if (of > quality) {
        best = other;
        quality = of;
      }
    }
    return best;
  }

  private List<MediaType> accepted() {
    try {
      return MediaType.parseMediaTypes(Collections.list(http.getHeaders(HttpHeaders.ACCEPT)));
    } catch (InvalidMediaTypeException malformed) {
      throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The Accept header can't be read.");
    }
  }

  /** That of the most specific range that includes the media type; 0 where none does. */
  private static double quality(List<MediaType> ranges, String mediaType) {
    MediaType type = MediaType.parseMediaType(mediaType);
    return ranges.stream()
        .filter(range -> range.includes(type))
        .max(Comparator.comparingInt(HttpServiceRequest::specificity))
        .map(MediaType::getQualityValue)
        .orElse(0.0);
  }

  private static int specificity(MediaType range) {
    if (range.isWildcardType()) {
      return 0;
    }
    return range.isWildcardSubtype() ? 1 : 2;
  }

  @Override
  public String caller() {
    return http.getRemoteAddr();
  }

  @Override
  public boolean isAbandoned() {
    return NodeValve.isCallerGone(http);
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
