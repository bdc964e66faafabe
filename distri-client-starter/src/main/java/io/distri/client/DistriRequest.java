package io.distri.client;

import io.distri.protocol.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of a service with everything that can be said of it. Immutable, except that the body is
 * not copied: leave its bytes alone until the call has ended.
 */
public final class DistriRequest {

  private final String service;
  private final byte[] body;
  private final List<String> params;
  private final Map<String, String> options;
  private final Map<String, String> headers;
  private final @Nullable Boolean idempotent;
  private final @Nullable Duration deadline;

  private DistriRequest(Builder builder) {
    service = builder.service;
    body = builder.body;
    params = List.copyOf(builder.params);
    options = Collections.unmodifiableMap(new LinkedHashMap<>(builder.options));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.headers));
    idempotent = builder.idempotent;
    deadline = builder.deadline;
  }

  /**
   * Begins a request with an empty body.
   *
   * @param service a built-in name ({@link io.distri.protocol.ServiceNames}) or one of the
   *     cluster's own
   */
  public static Builder to(String service) {
    return new Builder(service);
  }

  /** A builder that holds what this request holds. */
  public Builder toBuilder() {
    Builder builder = new Builder(service);
    builder.body = body;
    builder.params.addAll(params);
    builder.options.putAll(options);
    builder.headers.putAll(headers);
    builder.idempotent = idempotent;
    builder.deadline = deadline;
    return builder;
  }

  public String service() {
    return service;
  }

  public byte[] body() {
    return body;
  }

  /** The positional parameters. */
  public List<String> params() {
    return params;
  }

  /** The named query parameters, such as {@code limit}. */
  public Map<String, String> options() {
    return options;
  }

  /** The headers that the caller asked for. */
  public Map<String, String> headers() {
    return headers;
  }

  public Optional<String> idempotencyKey() {
    return Optional.ofNullable(headers.get(Headers.IDEMPOTENCY_KEY));
  }

  /** What the caller said of it; empty where the service's nature decides. */
  public Optional<Boolean> idempotent() {
    return Optional.ofNullable(idempotent);
  }

  /** How long the caller waits, all tries included; empty for the client's setting. */
  public Optional<Duration> deadline() {
    return Optional.ofNullable(deadline);
  }

  /** Without the body and the parameters, which may be nobody's business. */
  @Override
  public String toString() {
    return "DistriRequest[" + service + ", " + body.length + " bytes]";
  }

  /** Collects a {@link DistriRequest}. */
  public static final class Builder {
    private final String service;
    private final List<String> params = new ArrayList<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] body = {};
    private @Nullable Boolean idempotent;
    private @Nullable Duration deadline;

    private Builder(String service) {
      if (service.isBlank()) {
        throw new IllegalArgumentException("the name of the service is empty");
      }
      this.service = service;
    }

    public Builder body(byte[] body) {
      this.body = body;
      return this;
    }

    /** Adds positional parameters, for example the collection. */
    public Builder params(String... params) {
      this.params.addAll(List.of(params));
      return this;
    }

    /** At most so many documents in the answer; with more, the answer names a cursor. */
    public Builder limit(int limit) {
      if (limit < 1) {
        throw new IllegalArgumentException("limit is " + limit + ": it must be at least 1");
      }
      return option("limit", Integer.toString(limit));
    }

    /** Where the page starts, as the last page's answer said. */
    public Builder cursor(String cursor) {
      return option("cursor", cursor);
    }

    /** The write happens only if the document still has this version. */
    public Builder ifVersion(String version) {
      return option("ifVersion", version);
    }

    /** A filter that leaves no document out is meant: delete everything. */
    public Builder all() {
      return option("all", "true");
    }

    /** Documents come with their {@code _version}. */
    public Builder versions() {
      return option("versions", "true");
    }

    /** Documents come with the siblings that concurrent writes left. */
    public Builder conflicts() {
      return option("conflicts", "true");
    }

    /** The media type wanted. */
    public Builder accept(String mediaType) {
      return header("Accept", mediaType);
    }

    /** Makes a repeated write the same write; the client makes one up for DB writes without. */
    public Builder idempotencyKey(String key) {
      return header(Headers.IDEMPOTENCY_KEY, key);
    }

    /**
     * Whether the call may be sent again when it is unclear whether a node executed it. For
     * built-in services the client knows; a cluster's own services count as not idempotent.
     */
    public Builder idempotent(boolean idempotent) {
      this.idempotent = idempotent;
      return this;
    }

    /** How long to wait, all tries included. */
    public Builder deadline(Duration deadline) {
      if (deadline.isNegative() || deadline.isZero()) {
        throw new IllegalArgumentException("deadline is " + deadline + ": it must be positive");
      }
      this.deadline = deadline;
      return this;
    }

    public DistriRequest build() {
      return new DistriRequest(this);
    }

    private Builder option(String name, String value) {
      options.put(name, value);
      return this;
    }

    private Builder header(String name, String value) {
      if (value.isEmpty() || !value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
        throw new IllegalArgumentException(
            name + " is empty or holds characters that no HTTP header can carry");
      }
      headers.put(name, value);
      return this;
    }
  }
}
