package io.distri.peer;

import io.distri.client.DistriClient;
import io.distri.client.DistriCollections;
import io.distri.node.CloudNodeApplication;
import io.distri.protocol.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Real nodes on real sockets in this process. */
final class TestCloud implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * Each process has ports of its own, below those that the system takes for connections, so that
   * nobody takes one between the check and its use.
   */
  private static final int PORTS = 100;

  private static final int FIRST_PORT = 11_000 + PORTS * (int) (ProcessHandle.current().pid() % 90);
  private static final AtomicInteger NEXT_PORT = new AtomicInteger();

  /** A node has no templates; the peer brings what looks for them. */
  private static final String NO_PAGES =
      "--spring.autoconfigure.exclude="
          + "org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static TestCloud shared;

  private final List<HostPort> addresses = new ArrayList<>();
  private final List<ConfigurableApplicationContext> nodes = new ArrayList<>();
  private final Path directory;

  TestCloud(Path directory, int size) {
    this.directory = directory;
    for (int i = 0; i < size; i++) {
      addresses.add(freeAddress());
    }
    start();
  }

  /** A node for all tests that do not stop it; it ends with this process. */
  static synchronized TestCloud shared() {
    if (shared == null) {
      try {
        shared =
            new TestCloud(
                Files.createTempDirectory(Files.createDirectories(Path.of("target")), "cloud-"), 1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return shared;
  }

  /** Starts the nodes, again after {@link #stop}. What they held is gone by then. */
  void start() {
    for (HostPort address : addresses) {
      nodes.add(
          new SpringApplicationBuilder(CloudNodeApplication.class)
              .run(
                  NO_PAGES,
                  "--distri.node.address=" + address,
                  "--distri.node.nodes=" + nodes(),
                  "--distri.node.cluster.secret-file=" + directory.resolve("secret"),
                  "--distri.node.identity.dir=" + directory.resolve("node-" + address.port())));
    }
    Awaitility.await().atMost(PATIENCE).until(() -> addresses.stream().allMatch(this::seesAllUp));
  }

  private boolean seesAllUp(HostPort node) {
    try {
      HttpRequest table = HttpRequest.newBuilder(URI.create("http://" + node + "/nodes")).build();
      String body = HTTP.send(table, HttpResponse.BodyHandlers.ofString()).body();
      return body.split("\"UP\"", -1).length - 1 == addresses.size();
    } catch (IOException | InterruptedException notYet) {
      return false;
    }
  }

  /** As a peer is told them. */
  String nodes() {
    return addresses.stream().map(HostPort::toString).collect(Collectors.joining(","));
  }

  /** Forgets the peers of tests before. */
  void clear() {
    try (DistriClient client = DistriClient.builder().nodes(nodes().split(",")).build()) {
      DistriCollections collections = new DistriCollections(client);
      for (String collection : List.of("users", "catalog", "permissions")) {
        collections.deleteAllDocuments(collection);
      }
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** Stops the nodes, until {@link #start}. */
  void stop() {
    nodes.forEach(ConfigurableApplicationContext::close);
    nodes.clear();
  }

  /** An address whose port and internal port are free. */
  static HostPort freeAddress() {
    for (int attempt = 0; attempt < PORTS; attempt++) {
      int port = FIRST_PORT + NEXT_PORT.getAndIncrement() % PORTS;
      HostPort address = new HostPort("127.0.0.1", port);
      if (isFree(address) && isFree(address.internal())) {
        return address;
      }
    }
    throw new IllegalStateException("no free pair of ports");
  }

  private static boolean isFree(HostPort address) {
    try (ServerSocket probe =
        new ServerSocket(address.port(), 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
