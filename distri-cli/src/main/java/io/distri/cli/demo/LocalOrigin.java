package io.distri.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import java.util.Set;

/**
 * Tells this machine's own page from other pages that its browser has open: those send requests
 * too, but can't forge their {@code Origin}, nor, by a name of theirs that leads here, the {@code
 * Host}.
 */
final class LocalOrigin {

  private final Set<String> hosts;
  private final String address;

  LocalOrigin(int port) {
    address = "127.0.0.1:" + port;
    hosts = Set.of(address, "localhost:" + port);
  }

  /** Whether the request was meant for this server. */
  boolean isHost(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return host != null && hosts.contains(host);
  }

  /** Whether the request comes from a page of this server. */
  boolean isOrigin(HttpExchange exchange) {
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    return origin != null && hosts.stream().anyMatch(host -> origin.equals("http://" + host));
  }

  @Override
  public String toString() {
    return "http://" + address;
  }
}
