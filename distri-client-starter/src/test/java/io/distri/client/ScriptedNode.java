package io.distri.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.distri.protocol.Headers;
import io.distri.protocol.HostPort;
import io.distri.protocol.LoadReport;
import io.distri.protocol.NodeRecord;
import io.distri.protocol.NodeState;
import io.distri.protocol.NodeStats;
import io.distri.protocol.ProblemType;
import io.distri.protocol.ServiceNames;
import io.distri.protocol.WorkClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.json.JsonMapper;

/** A node on a real socket that answers as a test tells it to. */
public final class ScriptedNode implements AutoCloseable {

  static {
    // Without it the server's small answers wait 40 ms for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** A wait for a condition. It ends late, so that nothing hangs on a machine's speed. */
  public static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofMinutes(5));
  }

  /** Answers one call. */
  @FunctionalInterface
  public interface Script {
    /** The answer; null closes the connection without one. */
    Answer answer(Received call) throws Exception;
  }

  /** A call as it arrived. */
  public record Received(
      String service, String query, Map<String, List<String>> headers, byte[] body) {
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().get(0))
          .findFirst()
          .orElse("");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** What the node says. */
  public record Answer(int status, byte[] body, Map<String, String> headers) {
    public static Answer ok(String text) {
      return new Answer(200, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Server-sent events, and the end of the stream. */
    static Answer events(String text) {
      return ok(text).with("Content-Type", "text/event-stream");
    }

    static Answer problem(ProblemType type, String detail) {
      String json =
          """
          {"type": "%s", "status": %d, "title": "%s", "detail": "%s"}
          """
              .formatted(type.uri(), type.status(), type.title(), detail);
      Answer answer =
          new Answer(
              type.status(),
              json.getBytes(StandardCharsets.UTF_8),
              Map.of("Content-Type", "application/problem+json"));
      return type.executed().isEmpty() ? answer : answer.with(Headers.EXECUTED, type.executed());
    }

    Answer with(String header, String value) {
      Map<String, String> all = new ConcurrentHashMap<>(headers);
      all.put(header, value);
      return new Answer(status, body, all);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicLong seq = new AtomicLong(1);
  private final AtomicInteger probes = new AtomicInteger();
  private final AtomicInteger tableReads = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final String id;

  volatile Script script = this::echo;
  volatile LoadReport.Work load = new LoadReport.Work(0, 4, 64, 5);
  volatile NodeState state = NodeState.UP;
  volatile List<NodeRecord> table = List.of();
  volatile boolean probesAnswered = true;

  private ScriptedNode(String id, HttpServer server) {
    this.id = id;
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public static ScriptedNode start(String id) {
    return start(id, 0);
  }

  static ScriptedNode start(String id, int port) {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      return new ScriptedNode(id, HttpServer.create(new InetSocketAddress(loopback, port), 1024));
    } catch (IOException busy) {
      throw new UncheckedIOException(busy);
    }
  }

  public ScriptedNode answering(Script script) {
    this.script = script;
    return this;
  }

  String id() {
    return id;
  }

  public HostPort address() {
    return new HostPort("127.0.0.1", server.getAddress().getPort());
  }

  NodeRecord record(String... services) {
    return record(state, services);
  }

  NodeRecord record(NodeState inTable, String... services) {
    return new NodeRecord(id, address().toString(), inTable, "", List.of(services), 0);
  }

  private Answer echo(Received call) {
    return call.service().equals(ServiceNames.STATS)
        ? new Answer(200, JsonMapper.shared().writeValueAsBytes(stats()), Map.of())
        : new Answer(200, call.body(), Map.of());
  }

  /** Calls of services that arrived, and of change feeds by their path. */
  public List<Received> received() {
    return received;
  }

  int probes() {
    return probes.get();
  }

  int tableReads() {
    return tableReads.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    inFlight.incrementAndGet();
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.startsWith("/services/")) {
        serve(exchange, path.substring("/services/".length()));
      } else if (path.startsWith("/collections/")) {
        serve(exchange, path);
      } else if (path.equals("/probe")) {
        probes.incrementAndGet();
        if (probesAnswered) {
          send(exchange, new Answer(204, new byte[0], Map.of()));
        }
      } else if (path.equals("/nodes")) {
        tableReads.incrementAndGet();
        byte[] json = JsonMapper.shared().writeValueAsBytes(table);
        send(exchange, new Answer(200, json, Map.of("Content-Type", "application/json")));
      } else {
        send(exchange, Answer.problem(ProblemType.NOT_FOUND, "nothing at " + path));
      }
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private void serve(HttpExchange exchange, String service) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    Received call =
        new Received(
            service,
            query == null ? "" : query,
            Map.copyOf(exchange.getRequestHeaders()),
            exchange.getRequestBody().readAllBytes());
    received.add(call);
    Answer answer;
    try {
      answer = script.answer(call);
    } catch (Exception broken) {
      answer = Answer.problem(ProblemType.INTERNAL, broken.toString());
    }
    if (answer != null) {
      send(exchange, answer);
    }
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set(Headers.NODE, id);
    exchange.getResponseHeaders().set(Headers.LOAD, report().format());
    boolean empty = answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
    if (!empty) {
      exchange.getResponseBody().write(answer.body());
    }
  }

  private LoadReport report() {
    Map<WorkClass, LoadReport.Work> work =
        Map.of(WorkClass.ENCRYPT, load, WorkClass.DB, load, WorkClass.USER, load);
    return new LoadReport(seq.incrementAndGet(), state, inFlight.get(), work);
  }

  NodeStats stats() {
    return new NodeStats(id, address().toString(), 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of("catalog", 3));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
