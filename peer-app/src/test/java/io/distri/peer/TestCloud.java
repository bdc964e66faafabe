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
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Real nodes on real sockets in this process. */
final class TestCloud implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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
    InetAddress loopback = InetAddress.getLoopbackAddress();
    for (int attempt = 0; attempt < 100; attempt++) {
      try (ServerSocket any = new ServerSocket(0, 1, loopback)) {
        HostPort address = new HostPort("127.0.0.1", any.getLocalPort());
        new ServerSocket(address.internal().port(), 1, loopback).close();
        return address;
      } catch (IOException taken) {
        continue;
      }
    }
    throw new IllegalStateException("no free pair of ports");
  }
}
