package io.distri.cli.local;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeRecord;
import io.distri.protocol.NodeStats;
import io.distri.protocol.ServiceNames;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One node, called directly: no election, no other try. It is how commands look at what a certain
 * node knows. Safe for use by many threads; its calls block for a few seconds at most.
 */
public final class NodeEndpoint {

  /** Answers come from this machine; what takes longer is not worth waiting for. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int OK = 200;

  private final HostPort address;
  private final HttpClient http;
  private final JsonMapper json;

  /**
   * @param http shared by all endpoints
   */
  public NodeEndpoint(HostPort address, HttpClient http, JsonMapper json) {
    this.address = address;
    this.http = http;
    this.json = json;
  }

  public HostPort address() {
    return address;
  }

  /** Whether the node says that it serves. */
  public boolean isReady() {
    try {
      return exchange(get("/actuator/health/readiness")).statusCode() == OK;
    } catch (IOException down) {
      return false;
    }
  }

  /** The node table as this node sees it. */
  public List<NodeRecord> nodes() throws IOException {
    return List.of(read(get("/nodes"), NodeRecord[].class));
  }

  /** What the node counted. */
  public NodeStats stats() throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/services/" + ServiceNames.STATS))
            .header("Accept", "application/json")
            .timeout(PATIENCE)
            .POST(BodyPublishers.noBody())
            .build();
    return read(request, NodeStats.class);
  }

  /**
   * Calls a service of this node.
   *
   * @throws IOException where it does not answer, or not with success
   */
  public byte[] call(String service, String param, byte[] body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/services/" + service + "?param=" + param))
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return successful(request);
  }

  /**
   * Has a node that was started for it play a fault.
   *
   * @param fault a mode and how, as in {@code slow&factor=16}; {@code none} ends all
   * @throws IOException where it does not answer, or plays no faults
   */
  public void play(String fault) throws IOException {
    successful(
        HttpRequest.newBuilder(uri("/fault?mode=" + fault))
            .timeout(PATIENCE)
            .POST(BodyPublishers.noBody())
            .build());
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).GET().build();
  }

  private URI uri(String path) {
    return URI.create("http://" + address + path);
  }

  private <T> T read(HttpRequest request, Class<T> type) throws IOException {
    byte[] body = successful(request);
    try {
      return json.readValue(body, type);
    } catch (JacksonException foreign) {
      throw new IOException(address + " did not answer as a node does", foreign);
    }
  }

  private byte[] successful(HttpRequest request) throws IOException {
    HttpResponse<byte[]> response = exchange(request);
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          address + " answered " + request.uri().getPath() + " with " + response.statusCode());
    }
    return response.body();
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + address);
    }
  }
}
