package io.distri.node;

import io.distri.node.security.InternalClient;
import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import io.distri.protocol.identity.KeyTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real node on real sockets in this process. */
public final class TestNode implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * Each process has ports of its own, below those that the system takes for connections, so that
   * nobody takes one between the check and its use.
   */
  private static final int PORTS = 100;

  private static final int FIRST_PORT = 11_000 + PORTS * (int) (ProcessHandle.current().pid() % 90);
  private static final AtomicInteger NEXT_PORT = new AtomicInteger();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HostPort address;
  private final List<String> arguments;
  private final Class<?>[] sources;
  private @Nullable ClassLoader loader;
  private ConfigurableApplicationContext context;

  private TestNode(HostPort address, List<String> arguments, Class<?>... sources) {
    this.address = address;
    this.arguments = arguments;
    this.sources = sources;
  }

  /** A node that knows no other, with further properties. */
  public static TestNode alone(String... properties) {
    return at(freeAddress(), properties);
  }

  /** A node at an address, with further properties. */
  public static TestNode at(HostPort address, String... properties) {
    TestNode node = new TestNode(address, List.of(properties), CloudNodeApplication.class);
    node.start();
    return node;
  }

  /** A node that need not come up. */
  public static TestNode knocking(HostPort address, String... properties) {
    TestNode node = new TestNode(address, List.of(properties), CloudNodeApplication.class);
    node.run();
    return node;
  }

  /** A node with beans of the user's own. */
  public static TestNode with(Class<?> source, String... properties) {
    TestNode node =
        new TestNode(freeAddress(), List.of(properties), CloudNodeApplication.class, source);
    node.start();
    return node;
  }

  /** A node whose classes a loader of the test's finds, or does not. */
  public static TestNode loadedBy(ClassLoader loader, String... properties) {
    TestNode node = new TestNode(freeAddress(), List.of(properties), CloudNodeApplication.class);
    node.loader = loader;
    node.start();
    return node;
  }

  /** So many nodes that share a secret and know each other, all up. */
  public static List<TestNode> cluster(int size, Path directory, String... properties) {
    List<HostPort> addresses = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      addresses.add(freeAddress());
    }
    String nodes = addresses.stream().map(HostPort::toString).collect(Collectors.joining(","));
    List<TestNode> cluster =
        addresses.stream()
            .map(address -> {
              List<String> all = new ArrayList<>(Arrays.asList(properties));
              all.add("distri.node.nodes=" + nodes);
              all.add("distri.node.cluster.secret-file=" + directory.resolve("secret"));
              all.add("distri.node.identity.dir=" + directory.resolve("id-" + address.port()));
              return at(address, all.toArray(String[]::new));
            })
            .toList();
    cluster.forEach(node -> node.awaitMembers(size));
    return cluster;
  }

  /** Starts the node, again after a {@link #close}. */
  public void start() {
    run();
    await().until(this::isReady);
  }

  /** Whether it serves. */
  public boolean isReady() throws IOException, InterruptedException {
    return get("/actuator/health/readiness").statusCode() == 200;
  }

  private void run() {
    List<String> all = new ArrayList<>(arguments);
    all.add("distri.node.address=" + address);
    SpringApplicationBuilder application =
        new SpringApplicationBuilder(sources).resourceLoader(new DefaultResourceLoader(loader));
    // Logging is set up for the whole process, by its system properties.
    synchronized (TestNode.class) {
      context =
          application.run(all.stream().map(argument -> "--" + argument).toArray(String[]::new));
    }
  }

  /** Waits until the node's table shows so many nodes that are up, itself included. */
  public void awaitMembers(int count) {
    await()
        .until(() -> {
          int up = 0;
          for (JsonNode node : JSON.readTree(get("/nodes").body())) {
            up += node.get("state").asString().equals("UP") ? 1 : 0;
          }
          return up == count;
        });
  }

  public HostPort address() {
    return address;
  }

  public ConfigurableApplicationContext context() {
    return context;
  }

  public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /** Calls a service; {@code path} is what follows {@code /services/}. */
  public HttpResponse<byte[]> call(String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request("/services/" + path).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public HttpResponse<byte[]> call(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return call(path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** The documents of a collection, as this node has them. */
  public JsonNode read(String collection) throws IOException, InterruptedException {
    return JSON.readTree(call("ReadCollection?param=" + collection, "").body());
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(PATIENCE);
  }

  public HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  public CompletableFuture<HttpResponse<byte[]>> sendAsync(HttpRequest.Builder request) {
    return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** A client of internal ports that knows every key, and is as patient as tests are. */
  public static InternalClient internalClient(Identity caller) {
    return new InternalClient(caller, new KeyTrust((address, key) -> true), PATIENCE);
  }

  /** A response's body as text. */
  public static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** A wait for a condition. It ends late, so that nothing hangs on a machine's speed. */
  public static ConditionFactory await() {
    return Awaitility.await().atMost(PATIENCE);
  }

  @Override
  public void close() {
    context.close();
  }

  /** An address whose port and internal port are free. */
  public static HostPort freeAddress() {
    for (int attempt = 0; attempt < PORTS; attempt++) {
      int port = FIRST_PORT + NEXT_PORT.getAndIncrement() % PORTS;
      HostPort address = new HostPort("127.0.0.1", port);
      if (isFree(address) && isFree(address.internal())) {
        return address;
      }
    }
    throw new IllegalStateException("no free pair of ports");
  }

  /** Whether a server could listen there now. */
  static boolean isFree(HostPort address) {
    try (ServerSocket probe =
        new ServerSocket(address.port(), 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
