package io.distri.client;

import java.util.List;
import java.util.Map;

/** What came of sending one request to one node. */
sealed interface Reply {

  /** The node never saw the request. */
  record NotSent(String reason) implements Reply {}

  /**
   * The request left, at least in part, and no complete response came.
   *
   * @param timedOut whether the timeout ended it, rather than the connection
   */
  record Lost(String reason, boolean timedOut) implements Reply {}

  /** A complete response, whatever its status. */
  final class Answer implements Reply {
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /**
     * Keeps the arguments as they are.
     *
     * @param headers compare their names without case
     */
    Answer(int status, Map<String, List<String>> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    int status() {
      return status;
    }

    Map<String, List<String>> headers() {
      return headers;
    }

    /** The first value of a header; empty where it is absent. */
    String header(String name) {
      List<String> values = headers.get(name);
      return values == null || values.isEmpty() ? "" : values.get(0);
    }

    byte[] body() {
      return body;
    }
  }
}
