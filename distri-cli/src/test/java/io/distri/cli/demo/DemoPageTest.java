package io.distri.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.demo.Snapshot.Event;
import io.distri.cli.demo.Snapshot.Node;
import io.distri.cli.demo.Snapshot.State;
import io.distri.client.ElectionRule;
import io.distri.node.dashboard.Recent;
import io.distri.protocol.NodeState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoPageTest {

  private final Queue<String> pressed = new ConcurrentLinkedQueue<>();
  private final Recent<Snapshot> history = new Recent<>(Snapshot.KEPT);
  private final DemoPage page = new DemoPage(new Recorder(), history);
  private final String origin = page.url().substring(0, page.url().length() - 1);
  private final String host = origin.substring("http://".length());

  @AfterEach
  void close() {
    page.close();
  }

  /** Two nodes that only remember what was done to them. */
  private final class Recorder implements Controls {
    @Override
    public int size() {
      return 2;
    }

    @Override
    public void press(int node, Action action) {
      pressed.add(action + " " + node);
    }

    @Override
    public void elect(ElectionRule rule) {
      pressed.add(rule.name());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html",
    "/demo.js, text/javascript",
    "/charts.js, text/javascript",
    "/demo.css, text/css",
    "/page.css, text/css",
    "/uplot.js, text/javascript",
    "/uplot.css, text/css",
    "/original.json, application/json"
  })
  void the_page_and_all_it_needs_come_from_here(String path, String mediaType) throws IOException {
    List<String> answer = ask("GET", path, host, null);

    assertThat(answer.get(0)).contains(" 200 ");
    assertThat(answer).anyMatch(line -> line.startsWith("Content-type: " + mediaType));
    assertThat(answer).anyMatch(line -> line.contains("default-src 'none'"));
  }

  @Test
  void the_page_names_no_other_server() throws IOException {
    for (String path : List.of("/", "/demo.js", "/charts.js", "/page.css", "/demo.css")) {
      assertThat(String.join("\n", ask("GET", path, host, null)))
          .doesNotContain("https://")
          .doesNotContainPattern("http://[a-z0-9]");
    }
  }

  @Test
  void its_own_buttons_work() throws IOException {
    assertThat(ask("POST", "/nodes/1/kill", host, origin).get(0)).contains(" 204 ");
    assertThat(ask("POST", "/nodes/0/revive", host, origin).get(0)).contains(" 204 ");
    assertThat(ask("POST", "/nodes/2/kill", host, origin).get(0)).contains(" 404 ");

    assertThat(ask("POST", "/nodes/0/cut", host, origin).get(0)).contains(" 204 ");
    assertThat(ask("POST", "/policy/round-robin", host, origin).get(0)).contains(" 204 ");
    assertThat(ask("POST", "/policy/best", host, origin).get(0)).contains(" 405 ");
    assertThat(ask("POST", "/nodes/0/paint", host, origin).get(0)).contains(" 405 ");

    assertThat(pressed).containsExactly("KILL 1", "REVIVE 0", "CUT 0", "ROUND_ROBIN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "http://evil.example", "https://127.0.0.1", "http://127.0.0.1:1"})
  void other_pages_can_not_press_them(String foreign) throws IOException {
    for (String button : List.of("/nodes/1/kill", "/nodes/1/cut", "/policy/round-robin")) {
      assertThat(ask("POST", button, host, foreign.isEmpty() ? null : foreign).get(0))
          .contains(" 403 ");
    }
    assertThat(pressed).isEmpty();
  }

  @Test
  void a_foreign_name_that_leads_here_is_not_answered() throws IOException {
    String port = host.substring(host.indexOf(':'));

    assertThat(ask("GET", "/", "evil.example" + port, null).get(0)).contains(" 421 ");
    assertThat(ask("POST", "/nodes/1/kill", "evil.example" + port, origin).get(0))
        .contains(" 421 ");
    assertThat(ask("GET", "/", "localhost" + port, null).get(0)).contains(" 200 ");
    assertThat(pressed).isEmpty();
  }

  @Test
  void what_is_not_there_is_not_there() throws IOException {
    assertThat(ask("GET", "/../../etc/passwd", host, null).get(0)).contains(" 404 ");
    assertThat(ask("GET", "/nodes/1/kill", host, null).get(0)).contains(" 404 ");
    assertThat(ask("PUT", "/", host, origin).get(0)).contains(" 405 ");
  }

  @Test
  void a_page_that_comes_late_gets_the_seconds_before() throws IOException {
    history.add(snapshot(1));
    history.add(snapshot(2));

    try (BufferedReader events =
        new BufferedReader(
            new InputStreamReader(
                URI.create(page.url() + "events").toURL().openStream(), StandardCharsets.UTF_8))) {
      assertThat(events.readLine()).startsWith("data: {\"at\":1,");
      assertThat(events.readLine()).isEmpty();
      assertThat(events.readLine())
          .startsWith("data: {\"at\":2,")
          .contains(
              "\"state\":\"KILLED\"", "\"action\":\"KILL\"", "\"TWO_CHOICES\"", "[\"REVIVE\"]");
      assertThat(events.readLine()).isEmpty();
      history.add(snapshot(3));
      assertThat(events.readLine()).startsWith("data: {\"at\":3,");
    }
  }

  private static Snapshot snapshot(long at) {
    return new Snapshot(
        at,
        10,
        0,
        5,
        4,
        0,
        9.5,
        1.25,
        2.5,
        ElectionRule.TWO_CHOICES,
        List.of(
            new Node(
                "127.0.0.1:3000",
                State.KILLED,
                0.5,
                NodeState.SUSPECT,
                false,
                true,
                List.of(Action.REVIVE))),
        List.of(new Event(at, Action.KILL, "127.0.0.1:3000")));
  }

  /** Headers as they are: Java's own clients don't let a test set Host and Origin. */
  private List<String> ask(String method, String path, String hostHeader, String originHeader)
      throws IOException {
    URI uri = URI.create(page.url());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(10_000);
      String request =
          "%s %s HTTP/1.1\r\nHost: %s\r\n%sContent-Length: 0\r\nConnection: close\r\n\r\n"
              .formatted(
                  method,
                  path,
                  hostHeader,
                  originHeader == null ? "" : "Origin: " + originHeader + "\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      List<String> lines = new ArrayList<>();
      new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .lines()
          .forEach(lines::add);
      return lines;
    }
  }
}
