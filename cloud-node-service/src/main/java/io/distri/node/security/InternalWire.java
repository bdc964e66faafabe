package io.distri.node.security;

import io.distri.node.problem.ProblemException;
import io.distri.protocol.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * Messages between nodes, as CBOR (RFC 8949): JSON's model, with bytes as bytes. A message without
 * a member that its record wants is refused; unknown members are skipped, so that later versions
 * can add some, which are {@code @Nullable}. Safe for use by many threads.
 */
public final class InternalWire {
  /** Largest message: a page of 1 MiB of entries, or one entry of a document with many siblings. */
  private static final int LARGEST = 8 * 1024 * 1024;

  private final CBORMapper cbor =
      CBORMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(new NullMarkedRecords())
          .build();

  public byte[] write(Object message) {
    return cbor.writeValueAsBytes(message);
  }

  /**
   * Reads an answer.
   *
   * @throws IOException where it can't be read
   */
  public <T> T read(byte[] bytes, Class<T> type) throws IOException {
    try {
      return value(bytes, type);
    } catch (JacksonException malformed) {
      throw new IOException("another node's answer can't be read", malformed);
    }
  }

  /**
   * Reads a member's request.
   *
   * @throws ProblemException where it is too large or can't be read
   * @throws IOException where it does not come
   */
  public <T> T read(HttpServletRequest request, Class<T> type) throws IOException {
    return read(request, type, LARGEST);
  }

  /**
   * Reads a request's body.
   *
   * @param limit in bytes
   * @throws ProblemException where it is too large or can't be read
   * @throws IOException where it does not come
   */
  public <T> T read(HttpServletRequest request, Class<T> type, int limit) throws IOException {
    if (request.getContentLengthLong() > limit) {
      throw tooLarge();
    }
    InputStream body = request.getInputStream();
    byte[] bytes = body.readNBytes(limit + 1);
    if (bytes.length > limit) {
      throw tooLarge();
    }
    try {
      return value(bytes, type);
    } catch (JacksonException malformed) {
      throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The message can't be read.");
    }
  }

  private <T> T value(byte[] bytes, Class<T> type) {
    T value =
        cbor.readerFor(type).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readValue(bytes);
    if (value == null) {
      throw DatabindException.from((JsonParser) null, "null is no message");
    }
    return value;
  }

  private static ProblemException tooLarge() {
    return new ProblemException(ProblemType.BODY_TOO_LARGE, "The message is too large.");
  }
}
