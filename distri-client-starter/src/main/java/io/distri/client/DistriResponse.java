package io.distri.client;

import io.distri.protocol.Headers;
import io.distri.protocol.HostPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answer of the node that served a call. */
public final class DistriResponse {

  private final int status;
  private final byte[] body;
  private final Map<String, List<String>> headers;
  private final HostPort address;
  private final int attempts;

  DistriResponse(
      int status, byte[] body, Map<String, List<String>> headers, HostPort address, int attempts) {
    this.status = status;
    this.body = body;
    this.headers = headers;
    this.address = address;
    this.attempts = attempts;
  }

  /** The HTTP status, 200 to 299. */
  public int status() {
    return status;
  }

  /** The bytes themselves, not a copy. */
  public byte[] body() {
    return body;
  }

  /** All headers; their names are compared without case. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The id of the node that answered; empty where it didn't say. */
  public Optional<String> nodeId() {
    return header(Headers.NODE);
  }

  /** Where the node that answered was reached. */
  public HostPort nodeAddress() {
    return address;
  }

  /** How many times the call was sent, this answer's included. */
  public int attempts() {
    return attempts;
  }

  @Override
  public String toString() {
    return "DistriResponse[" + status + " from " + address + ", " + body.length + " bytes]";
  }
}
