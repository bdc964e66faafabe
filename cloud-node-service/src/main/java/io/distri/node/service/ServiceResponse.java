package io.distri.node.service;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer of a service.
 *
 * @param status HTTP status, 200 to 299
 * @param mediaType of the body
 * @param headers further headers
 * @param body writes the body
 */
public record ServiceResponse(
    int status, String mediaType, Map<String, String> headers, Body body) {

  public static final String OCTETS = "application/octet-stream";
  public static final String JSON = "application/json";
  public static final String TEXT = "text/plain;charset=UTF-8";

  private static final String LENGTH = "Content-Length";

  /** Writes a body, once. */
  @FunctionalInterface
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  public ServiceResponse {
    headers = Map.copyOf(headers);
  }

  /** 200 with bytes. */
  public static ServiceResponse ofBytes(byte[] bytes) {
    return of(OCTETS, bytes);
  }

  /** 200 with bytes of a media type. */
  public static ServiceResponse of(String mediaType, byte[] bytes) {
    return streamed(mediaType, bytes.length, out -> out.write(bytes));
  }

  /** 200 with a text. */
  public static ServiceResponse ofText(String text) {
    return of(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * 200 with a body that is written as it is made and whose length is known: both sides have less
   * work with it than with one in chunks.
   *
   * @param length in bytes, neither more nor less than the body writes
   */
  public static ServiceResponse streamed(String mediaType, long length, Body body) {
    return streamed(mediaType, body).withHeader(LENGTH, Long.toString(length));
  }

  /** 200 with a body of unknown length that is written as it is made. */
  public static ServiceResponse streamed(String mediaType, Body body) {
    return new ServiceResponse(200, mediaType, Map.of(), body);
  }

  /** The length that {@link #streamed(String, long, Body)} was told; else the largest there is. */
  long length() {
    String told = headers.get(LENGTH);
    return told == null ? Long.MAX_VALUE : Long.parseLong(told);
  }

  /** The same with another status. */
  public ServiceResponse withStatus(int status) {
    return new ServiceResponse(status, mediaType, headers, body);
  }

  /** The same with a header more. */
  public ServiceResponse withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ServiceResponse(status, mediaType, more, body);
  }
}
