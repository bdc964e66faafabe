package io.distri.node.image;

import io.distri.node.CloudNodeApplication;
import io.distri.protocol.HostPort;
import io.distri.protocol.ServiceNames;
import io.distri.protocol.image.AgeIdentity;
import io.distri.protocol.image.Covers;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * A program that starts two nodes which join each other, calls them and stops them. The build of
 * the image has the JVM watch, and keep what it loaded and linked on the way for the node's own
 * starts (the AOT cache of Java 25):
 *
 * <pre>Rehearsal HOST:PORT HOST:PORT</pre>
 */
public final class Rehearsal {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);

  /** Enough that the JVM tells the code that serves calls from that which only starts a node. */
  private static final int ROUNDS = 20;

  private static final int OK = 200;

  private final Path directory;
  private final List<HostPort> addresses;
  private final HttpClient http = HttpClient.newHttpClient();

  private Rehearsal(Path directory, List<HostPort> addresses) {
    this.directory = directory;
    this.addresses = addresses;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("distri-rehearsal");
    try {
      new Rehearsal(directory, List.of(HostPort.parse(args[0]), HostPort.parse(args[1]))).run();
    } finally {
      FileSystemUtils.deleteRecursively(directory);
    }
  }

  private void run() throws IOException, InterruptedException {
    List<ConfigurableApplicationContext> nodes = new ArrayList<>();
    try {
      for (HostPort address : addresses) {
        nodes.add(CloudNodeApplication.program().run(arguments(address)));
      }
      for (HostPort address : addresses) {
        awaitReady(address);
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (HostPort address : addresses) {
          call(address);
        }
      }
    } finally {
      nodes.forEach(ConfigurableApplicationContext::close);
    }
  }

  private void awaitReady(HostPort node) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    HttpRequest ready = request(node, "/actuator/health/readiness").build();
    while (status(ready) != OK && System.nanoTime() < deadline) {
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    }
  }

  private String[] arguments(HostPort address) {
    Path own = directory.resolve(Integer.toString(address.port()));
    return new String[] {
      "--distri.node.address=" + address,
      "--distri.node.nodes=" + addresses.get(0) + "," + addresses.get(1),
      "--distri.node.identity.dir=" + own.resolve("identity"),
      "--distri.node.db.data-dir=" + own.resolve("db"),
      "--distri.node.cluster.secret-file=" + directory.resolve("secret"),
      "--distri.node.encrypt.recipients=" + AgeIdentity.generate().recipient()
    };
  }

  private void call(HostPort node) throws IOException, InterruptedException {
    post(node, ServiceNames.ENCRYPT, picture());
    post(
        node,
        ServiceNames.ADD_DOCUMENT + "?param=catalog",
        "{\"name\":\"rehearsal\"}".getBytes(StandardCharsets.UTF_8));
    post(node, ServiceNames.READ_COLLECTION + "?param=catalog", new byte[0]);
    post(node, ServiceNames.STATS, new byte[0]);
    get(node, "/nodes");
    get(node, "/actuator/prometheus");
  }

  private static byte[] picture() throws IOException {
    try (InputStream in = Covers.class.getResourceAsStream("cover.jpg")) {
      return Objects.requireNonNull(in, "the cover is not in the jar").readAllBytes();
    }
  }

  private void post(HostPort node, String service, byte[] body)
      throws IOException, InterruptedException {
    send(request(node, "/services/" + service).POST(BodyPublishers.ofByteArray(body)).build());
  }

  private void get(HostPort node, String path) throws IOException, InterruptedException {
    send(request(node, path).build());
  }

  private static HttpRequest.Builder request(HostPort node, String path) {
    return HttpRequest.newBuilder(URI.create("http://" + node + path)).timeout(PATIENCE);
  }

  /** A node that refuses is none to learn from: the build of the image fails. */
  private void send(HttpRequest request) throws IOException, InterruptedException {
    int status = status(request);
    if (status != OK) {
      throw new IOException(request.uri() + " answered " + status);
    }
  }

  private int status(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }
}
