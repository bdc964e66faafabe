package io.distri.cli.operator;

import io.distri.cli.terminal.Failure;
import io.distri.node.security.InternalClient;
import io.distri.node.security.InternalWire;
import io.distri.protocol.Headers;
import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operator's way to one node, which is asked to show the key that its public port named. For one
 * thread.
 */
public final class OperatorConnection implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** A node whose answer stands still for so long is as good as gone. */
  private static final Duration STALL = Duration.ofSeconds(30);

  private static final int LONGEST_PROBLEM = 64 * 1024;
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;

  private final Identity identity;
  private final HostPort node;
  private final InternalClient client;
  private final InternalWire wire = new InternalWire();

  private OperatorConnection(Identity identity, HostPort node, String key) {
    this.identity = identity;
    this.node = node;
    this.client = new InternalClient(identity, (address, found) -> found.equals(key));
  }

  /** Finds out which key the node has. */
  static OperatorConnection open(Identity identity, HostPort node) {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
      HttpRequest probe =
          HttpRequest.newBuilder(URI.create("http://" + node + "/probe")).timeout(CONNECT).build();
      String key =
          http.send(probe, BodyHandlers.discarding())
              .headers()
              .firstValue(Headers.NODE)
              .orElseThrow(() -> new IOException("there is no node"));
      return new OperatorConnection(identity, node, key);
    } catch (IOException e) {
      throw silent(node, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Gives an order and returns the answer.
   *
   * @throws Failure where the node doesn't answer in time or refuses
   */
  public <T> T order(String path, Object message, Class<T> answer, Duration patience) {
    try {
      return wire.read(post(path, message, patience), answer);
    } catch (IOException e) {
      throw silent(node, e);
    }
  }

  /**
   * Gives an order and returns the answer's bytes.
   *
   * @throws Failure where the node doesn't answer in time or refuses
   */
  byte[] post(String path, Object message, Duration patience) {
    try {
      InternalClient.Answer answer =
          client.post(node.internal(), path, wire.write(message), patience);
      requireOk(answer.status(), answer.body());
      return answer.body();
    } catch (IOException e) {
      throw silent(node, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Asks for something large, which is read as it comes; a read fails where nothing comes for half
   * a minute.
   *
   * @param patience how long the answer may take to begin
   * @throws Failure where it doesn't begin in time or the node refuses
   */
  public InputStream open(String path, Duration patience) {
    try {
      InternalClient.Stream answer = client.open(node.internal(), path, new byte[0], patience);
      if (answer.status() != OK) {
        try (InputStream body = answer.body()) {
          requireOk(answer.status(), body.readNBytes(LONGEST_PROBLEM));
        }
      }
      return new StallGuard(answer.body(), STALL);
    } catch (IOException e) {
      throw silent(node, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void requireOk(int status, byte[] body) {
    if (status == FORBIDDEN) {
      throw new Failure(
          "Node %s takes no orders with this key, or not this one: %s It must have %s in its"
                  .formatted(node, detail(body), identity.id())
              + " distri.node.whitelist.operators.");
    }
    if (status != OK) {
      throw new Failure("Node %s refuses: %s".formatted(node, detail(body)));
    }
  }

  private static String detail(byte[] problem) {
    try {
      return JsonMapper.shared().readTree(problem).path("detail").asString();
    } catch (JacksonException none) {
      return new String(problem, StandardCharsets.UTF_8);
    }
  }

  private static Failure silent(HostPort node, IOException cause) {
    return Failure.of("Node " + node + " could not be asked", cause);
  }

  private static Failure interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new Failure("Interrupted.", cause);
  }

  @Override
  public void close() {
    client.close();
  }
}
