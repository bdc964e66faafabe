package io.distri.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.distri.cli.terminal.Failure;
import io.distri.client.ElectionRule;
import io.distri.node.dashboard.PageAssets.Content;
import io.distri.node.dashboard.Recent;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the demo page, on the loopback address only: the page, what it draws with, the seconds as
 * server-sent events, and the buttons. {@link LocalOrigin} keeps other web pages out.
 */
final class DemoPage implements AutoCloseable {

  /** Beside the nodes' ports, and where the page is found again the next time. */
  private static final int FIRST_PORT = 8300;

  private static final int LAST_PORT = 8399;

  /** Pages that are open at one time; each holds a thread. */
  private static final int MOST_PAGES = 16;

  /** A quiet stream says something after this, which shows whether the page is still there. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private static final Pattern BUTTON =
      Pattern.compile(
          "/nodes/(?<node>\\d{1,3})/(?<action>"
              + alternatives(Action.values())
              + ")|/policy/(?<rule>"
              + alternatives(ElectionRule.values())
              + ")");

  private final Controls controls;
  private final Recent<Snapshot> history;
  private final PageFiles files = new PageFiles();
  private final JsonMapper json = new JsonMapper();
  private final Semaphore pages = new Semaphore(MOST_PAGES);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final LocalOrigin origin;

  /**
   * Begins to serve.
   *
   * @throws Failure where no port is free
   */
  DemoPage(Controls controls, Recent<Snapshot> history) {
    this.controls = controls;
    this.history = history;
    this.server = bind();
    this.origin = new LocalOrigin(server.getAddress().getPort());
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  private static HttpServer bind() {
    for (int port = FIRST_PORT; port <= LAST_PORT; port++) {
      try {
        return HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MOST_PAGES);
      } catch (IOException taken) {
        // The next one, then.
      }
    }
    throw new Failure(
        "No port between %s and %s is free for the page.".formatted(FIRST_PORT, LAST_PORT));
  }

  /** Where a browser finds it. */
  String url() {
    return origin.toString() + "/";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Matcher button = BUTTON.matcher(path);
      if (!origin.isHost(exchange)) {
        refuse(exchange, 421, "This page answers to " + origin + " only.");
      } else if (exchange.getRequestMethod().equals("POST") && button.matches()) {
        press(exchange, button);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        refuse(exchange, 405, "GET, or POST to a button.");
      } else if (path.equals("/events")) {
        stream(exchange);
      } else {
        file(exchange, path);
      }
    }
  }

  private void press(HttpExchange exchange, Matcher button) throws IOException {
    String rule = button.group("rule");
    int node = rule == null ? Integer.parseInt(button.group("node")) : 0;
    if (!origin.isOrigin(exchange)) {
      refuse(exchange, 403, "Only this page may press its buttons.");
    } else if (node >= controls.size()) {
      refuse(exchange, 404, "There is no such node.");
    } else {
      if (rule == null) {
        controls.press(node, Action.valueOf(constant(button.group("action"))));
      } else {
        controls.elect(ElectionRule.valueOf(constant(rule)));
      }
      exchange.sendResponseHeaders(204, -1);
    }
  }

  /** Constants as they are spelt in a path. */
  private static String alternatives(Enum<?>[] constants) {
    return Arrays.stream(constants)
        .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.joining("|"));
  }

  private static String constant(String spelt) {
    return spelt.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private void file(HttpExchange exchange, String path) throws IOException {
    Content content = files.at(path);
    if (content == null) {
      refuse(exchange, 404, "Nothing here.");
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", content.mediaType());
    send(exchange, 200, content.bytes());
  }

  private void stream(HttpExchange exchange) throws IOException {
    if (!pages.tryAcquire()) {
      refuse(exchange, 503, "Too many pages are open.");
      return;
    }
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      secure(exchange);
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      long next = 0;
      while (!Thread.currentThread().isInterrupted()) {
        List<Recent.Numbered<Snapshot>> news = history.from(next, HEARTBEAT);
        for (Recent.Numbered<Snapshot> snapshot : news) {
          write(out, "data: " + json.writeValueAsString(snapshot.value()) + "\n\n");
          next = snapshot.number() + 1;
        }
        if (news.isEmpty()) {
          write(out, ":\n\n");
        }
        out.flush();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      pages.release();
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refuse(HttpExchange exchange, int status, String reason) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    send(exchange, status, reason.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    secure(exchange);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** uPlot sets sizes on elements, so styles may stand on them; nothing comes from elsewhere. */
  private static void secure(HttpExchange exchange) {
    var headers = exchange.getResponseHeaders();
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-store");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
