package io.distri.peer.transfer;

import io.distri.peer.entry.Signed;
import io.distri.peer.entry.UserEntry;
import io.distri.protocol.identity.Identity;
import io.distri.protocol.identity.KeyTrust;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Calls other peers: presents this peer's key, and sends nothing before the other side has proved
 * that it holds the key that its id names. Safe for use by many threads.
 */
public final class PeerLink implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** Long enough for the largest image over a slow line; a broken line is noticed long before. */
  private static final Duration TRANSFER = Duration.ofMinutes(10);

  /** Answers of peers are a few words. */
  private static final int LONGEST_ANSWER = 64 * 1024;

  /** Peers with whom connections are kept. */
  private static final int CLIENTS = 16;

  private final Identity identity;

  /** One for each key: a connection to one peer is never used for another at its address. */
  private final Map<String, HttpClient> clients =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HttpClient> eldest) {
          if (size() <= CLIENTS) {
            return false;
          }
          eldest.getValue().shutdown();
          return true;
        }
      };

  public PeerLink(Identity identity) {
    this.identity = identity;
  }

  /** What a peer answered. */
  public record Answer(int status, String body) {

    /** Whether it did what it was asked. */
    public boolean done() {
      return status / 100 == 2;
    }
  }

  /**
   * Sends a text and waits for the answer.
   *
   * @throws IOException where the peer does not answer, or is somebody else
   */
  public Answer post(Signed<UserEntry> peer, String path, String body) throws IOException {
    return send(peer, path, "POST", BodyPublishers.ofString(body), ANSWER);
  }

  /** Sends a file from an offset on, in pieces. */
  Answer put(Signed<UserEntry> peer, String path, Path file, long offset) throws IOException {
    long left = Files.size(file) - offset;
    // Nothing is left where the user was killed between the last byte and its look at all of them.
    BodyPublisher rest =
        left == 0
            ? BodyPublishers.noBody()
            : BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> open(file, offset)), left);
    return send(peer, path + "?from=" + offset, "PUT", rest, TRANSFER);
  }

  private static InputStream open(Path file, long offset) {
    try {
      InputStream in = Files.newInputStream(file);
      in.skipNBytes(offset);
      return in;
    } catch (IOException gone) {
      // The publisher's contract: it ends the exchange with an error.
      return InputStream.nullInputStream();
    }
  }

  private Answer send(
      Signed<UserEntry> peer, String path, String method, BodyPublisher body, Duration timeout)
      throws IOException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://" + peer.entry().address() + path))
              .timeout(timeout)
              .method(method, body)
              .build();
      HttpResponse<InputStream> response =
          client(peer.keyId()).send(request, BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        String text = new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        return new Answer(response.statusCode(), text);
      }
    } catch (IllegalArgumentException e) {
      // The peer itself has said where it is.
      throw new IOException("nobody can be called at " + peer.entry().address(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while calling " + peer.entry().peer());
    }
  }

  private synchronized HttpClient client(String keyId) {
    return clients.computeIfAbsent(keyId, this::newClient);
  }

  private HttpClient newClient(String keyId) {
    try {
      SSLContext tls = SSLContext.getInstance("TLSv1.3");
      TrustManager pinned = new KeyTrust((server, key) -> key.equals(keyId));
      tls.init(identity.keyManagers(), new TrustManager[] {pinned}, new SecureRandom());
      return HttpClient.newBuilder()
          .sslContext(tls)
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has TLS 1.3", impossible);
    }
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(HttpClient::shutdownNow);
  }
}
