package io.distri.node.security;

import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import io.distri.protocol.identity.KeyId;
import io.distri.protocol.identity.KeyTrust;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;

/**
 * Calls other nodes' internal ports: presents this node's key and checks theirs before anything is
 * sent. Connections are kept. Safe for use by many threads.
 */
public class InternalClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final HttpClient http;

  /**
   * @param pins which key is expected at which internal address
   */
  public InternalClient(Identity identity, KeyTrust.Pins pins) {
    this(identity, new KeyTrust(pins));
  }

  /**
   * @param trust judges the keys of other nodes
   */
  public InternalClient(Identity identity, KeyTrust trust) {
    this(identity, trust, CONNECT);
  }

  /**
   * A client that is more patient, or less.
   *
   * @param connect how long it waits for a connection at most
   */
  public InternalClient(Identity identity, KeyTrust trust, Duration connect) {
    try {
      SSLContext tls = SSLContext.getInstance("TLSv1.3");
      tls.init(identity.keyManagers(), new TrustManager[] {trust}, new SecureRandom());
      this.http =
          HttpClient.newBuilder()
              .sslContext(tls)
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(connect)
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .build();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has TLS 1.3", impossible);
    }
  }

  /** Calls by the connections of another one. */
  protected InternalClient(InternalClient other) {
    this.http = other.http;
  }

  /**
   * An answer.
   *
   * @param key id of the answering node's key
   */
  public record Answer(int status, byte[] body, String key) {}

  /**
   * Sends a body and waits for the answer.
   *
   * @throws IOException where there is none in time, or the node holds another key than the one
   *     expected
   */
  public final Answer post(HostPort node, String path, byte[] body, Duration timeout)
      throws IOException, InterruptedException {
    return post(node, path, Map.of(), body, timeout);
  }

  /**
   * Sends a body and waits for the answer.
   *
   * @param headers further ones, such as those of a trace
   * @throws IOException where there is none in time, or the node holds another key than the one
   *     expected
   */
  public Answer post(
      HostPort node, String path, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(node, path, body, timeout);
    headers.forEach(request::setHeader);
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(
        response.statusCode(), response.body(), key(response.sslSession().orElseThrow()));
  }

  /**
   * An answer whose body is still coming. Reading it blocks for as long as nothing comes.
   *
   * @param body to be closed by the caller
   */
  public record Stream(int status, InputStream body) {}

  /**
   * Sends a body and waits for the answer to begin.
   *
   * @throws IOException where it doesn't in time, or the node holds another key than the one
   *     expected
   */
  public Stream open(HostPort node, String path, byte[] body, Duration timeout)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(
            request(node, path, body, timeout).build(), HttpResponse.BodyHandlers.ofInputStream());
    return new Stream(response.statusCode(), response.body());
  }

  private static HttpRequest.Builder request(
      HostPort node, String path, byte[] body, Duration timeout) throws IOException {
    try {
      return HttpRequest.newBuilder(URI.create("https://" + node + path))
          .timeout(timeout)
          .header("Content-Type", "application/cbor")
          .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    } catch (IllegalArgumentException noUri) {
      throw new IOException("nobody can be reached at " + node, noUri);
    }
  }

  private static String key(SSLSession session) throws SSLPeerUnverifiedException {
    return KeyId.of(session.getPeerCertificates()[0]);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
