package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call the public port. */
class AccessTest {

  @Test
  void with_tokens_set_everything_but_health_and_the_empty_page_wants_one_of_them()
      throws Exception {
    try (TestNode node =
        TestNode.alone(
            "distri.node.access.tokens=the-first-of-two-tokens,the-second-of-two-tokens")) {
      assertThat(node.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
      for (String open : List.of("/", "/dashboard/dashboard.js", "/dashboard/uplot.js")) {
        assertThat(node.get(open).statusCode()).as(open).isEqualTo(200);
      }
      BadInputTest.assertProblem(node.get("/dashboard"), 401, "unauthenticated", "Bearer");
      BadInputTest.assertProblem(node.call("Stats", ""), 401, "unauthenticated", "Bearer");
      BadInputTest.assertProblem(
          node.call("Stats", "", "Authorization", "Bearer wrong"), 403, "forbidden", "token");
      assertThat(
              node.call("Stats", "", "Authorization", "Bearer the-second-of-two-tokens")
                  .statusCode())
          .isEqualTo(200);
      assertThat(Refused.access(node, "no-token")).isEqualTo(2);
      assertThat(Refused.access(node, "unknown-token")).isEqualTo(1);
    }
  }

  @Test
  void guesses_of_a_token_are_slowed_where_they_come_from_and_nowhere_else() throws Exception {
    String first = "Bearer the-first-of-two-tokens";
    String second = "Bearer the-second-of-two-tokens";
    try (TestNode node =
            TestNode.alone(
                "distri.node.access.tokens=the-first-of-two-tokens,the-second-of-two-tokens");
        HttpClient elsewhere =
            HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.2")).build()) {
      assertThat(node.call("Stats", "", "Authorization", first).statusCode()).isEqualTo(200);
      HttpResponse<byte[]> guess;
      int wrong = 0;
      while ((guess = node.call("Stats", "", "Authorization", "Bearer guess-" + wrong)).statusCode()
          == 403) {
        assertThat(++wrong).as("guesses").isLessThan(1000);
      }
      BadInputTest.assertProblem(guess, 429, "too-many-guesses", "not looked at");
      assertThat(guess.headers().firstValue("Distri-Executed")).hasValue("no");
      assertThat(guess.headers().firstValue("Retry-After")).isPresent();
      assertThat(node.call("Stats", "", "Authorization", second).statusCode())
          .as("the right one is not told from the others")
          .isEqualTo(429);
      assertThat(node.call("Stats", "", "Authorization", first).statusCode())
          .as("what was right there before goes on")
          .isEqualTo(200);
      HttpRequest honest = node.request("/nodes").header("Authorization", second).GET().build();
      assertThat(elsewhere.send(honest, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
      assertThat(Refused.access(node, "unknown-token")).isEqualTo(wrong);
      assertThat(Refused.access(node, "guessing")).isEqualTo(2);
    }
  }

  @Test
  void a_token_that_is_short_enough_to_be_guessed_stops_the_start() {
    assertThatThrownBy(() -> TestNode.alone("distri.node.access.tokens=fifteen-letters").close())
        .hasStackTraceContaining("distri.node.access.tokens: a token must have at least 16")
        .hasMessageNotContaining("fifteen-letters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/health/../../services/Stats",
        "/actuator/health/%2e%2e/%2e%2e/nodes",
        "/actuator/health;/../../nodes",
        "/dashboard/../nodes",
        "/dashboard/%2e%2e/nodes",
        "/dashboard/;/../../nodes"
      })
  void a_path_that_only_looks_like_health_wants_a_token_too(String path) throws Exception {
    try (TestNode node = TestNode.alone("distri.node.access.tokens=the-first-of-two-tokens")) {
      assertThat(status(node, "GET " + path, "localhost")).isNotEqualTo("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%69nternal/join",
        "//internal/join",
        "/services/../internal/join",
        "/services/%2e%2e/internal/update-info",
        "/internal;x=1/join",
        "/./internal/join"
      })
  void no_spelling_of_an_internal_path_exists_on_the_public_port(String path) throws Exception {
    try (TestNode node = TestNode.alone()) {
      assertThat(status(node, "POST " + path, "localhost")).isIn("HTTP/1.1 404", "HTTP/1.1 400");
    }
  }

  @Test
  void web_pages_of_other_origins_and_foreign_hosts_are_refused() throws Exception {
    try (TestNode node = TestNode.alone()) {
      BadInputTest.assertProblem(
          node.call("CreateCollection", "evil", "Origin", "https://evil.example"),
          403,
          "foreign-origin",
          "origin");
      assertThat(node.call("Stats", "", "Origin", "http://" + node.address()).statusCode())
          .isEqualTo(200);
      assertThat(status(node, "GET /probe", "evil.example")).isEqualTo("HTTP/1.1 421");
      assertThat(status(node, "GET /probe", "localhost")).isEqualTo("HTTP/1.1 204");
      // An image or a script of a foreign page: no Origin comes with it.
      BadInputTest.assertProblem(
          node.send(node.request("/nodes").header("Sec-Fetch-Site", "cross-site").GET()),
          403,
          "foreign-origin",
          "origin");
      assertThat(node.call("ReadCollection?param=evil", "").statusCode()).isEqualTo(404);
      assertThat(Refused.access(node, "foreign-origin")).isEqualTo(2);
      assertThat(Refused.access(node, "foreign-host")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server.forward-headers-strategy=native",
        "server.forward-headers-strategy=framework",
        "server.tomcat.remoteip.remote-ip-header=X-Forwarded-For"
      })
  void a_node_that_would_believe_a_header_where_callers_are_does_not_start(String setting) {
    assertThatThrownBy(() -> TestNode.alone(setting).close())
        .hasStackTraceContaining("A header, such as X-Forwarded-For, would say where a caller is");
  }

  @Test
  void nobody_is_open_to_the_network_by_accident() {
    assertThatThrownBy(() -> TestNode.alone("server.address=0.0.0.0").close())
        .hasStackTraceContaining("would serve everybody");
  }

  /** Java's own client lets callers set neither the Host header nor a path as odd as these. */
  private static String status(TestNode node, String target, String host) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", node.address().port())) {
      socket.setSoTimeout(5000);
      String request =
          target
              + " HTTP/1.1\r\nHost: "
              + host
              + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return answer.readLine().substring(0, "HTTP/1.1 200".length());
    }
  }
}
