package io.distri.cli.operator;

import io.distri.cli.local.Home;
import io.distri.cli.terminal.Failure;
import io.distri.node.admin.AdminMessages;
import io.distri.node.admin.AdminMessages.Decision;
import io.distri.node.security.InternalClient;
import io.distri.node.security.InternalWire;
import io.distri.protocol.Headers;
import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever holds the operator's key of this machine. Gives orders to one node by its internal port,
 * after checking that the key there is the one that the node's public port named.
 */
final class Operator {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Decision NOTHING = new Decision(null, null);

  private final Identity identity;
  private final InternalWire wire = new InternalWire();

  Operator(Home home) {
    this.identity = Identity.loadOrCreate(home.operatorDirectory());
  }

  /**
   * Asks for something and returns it.
   *
   * @throws Failure where the node can't be reached or refuses
   */
  <T> T ask(HostPort node, String path, Class<T> answer) {
    return order(node, path, NOTHING, answer);
  }

  /**
   * Gives an order that says what shall become of a key, and returns the answer.
   *
   * @throws Failure where the node can't be reached or refuses
   */
  <T> T order(HostPort node, String path, Decision decision, Class<T> answer) {
    try {
      return wire.read(post(node, path, decision), answer);
    } catch (IOException e) {
      throw silent(node, e);
    }
  }

  /**
   * Has a node leave its cluster, which has no answer.
   *
   * @throws Failure where the node can't be reached or refuses
   */
  void leave(HostPort node) {
    try {
      post(node, AdminMessages.LEAVE, NOTHING);
    } catch (IOException e) {
      throw silent(node, e);
    }
  }

  private static Failure silent(HostPort node, IOException cause) {
    return Failure.of("Node " + node + " could not be asked", cause);
  }

  private byte[] post(HostPort node, String path, Decision decision) throws IOException {
    try {
      String key = keyOf(node);
      try (InternalClient client =
          new InternalClient(identity, (address, found) -> found.equals(key))) {
        InternalClient.Answer answer =
            client.post(node.internal(), path, wire.write(decision), PATIENCE);
        if (answer.status() == 403) {
          throw new Failure(
              "Node %s takes no orders with this key, or not this one: %s It must have %s in its"
                      .formatted(node, detail(answer.body()), identity.id())
                  + " distri.node.whitelist.operators.");
        }
        if (answer.status() != 200) {
          throw new Failure("Node %s refuses: %s".formatted(node, detail(answer.body())));
        }
        return answer.body();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted.", e);
    }
  }

  private static String keyOf(HostPort node) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpRequest probe =
          HttpRequest.newBuilder(URI.create("http://" + node + "/probe")).timeout(PATIENCE).build();
      return http.send(probe, BodyHandlers.discarding())
          .headers()
          .firstValue(Headers.NODE)
          .orElseThrow(() -> new IOException("there is no node"));
    }
  }

  private static String detail(byte[] problem) {
    try {
      return JsonMapper.shared().readTree(problem).path("detail").asString();
    } catch (JacksonException none) {
      return new String(problem, StandardCharsets.UTF_8);
    }
  }
}
