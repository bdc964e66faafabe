package io.distri.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP request, the node and its credentials left open. */
final class Message {

  private final String method;
  private final String target;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * Keeps the arguments as they are.
   *
   * @param target path and query, percent-encoded
   */
  Message(String method, String target, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.body = body;
  }

  static Message get(String path) {
    return new Message("GET", path, Map.of(), new byte[0]);
  }

  /** The same with more headers. */
  Message with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Message(method, target, all, body);
  }

  String method() {
    return method;
  }

  String target() {
    return target;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }
}
