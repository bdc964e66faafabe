package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
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
    try (TestNode node = TestNode.alone("distri.node.access.tokens=first,second")) {
      assertThat(node.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
      for (String open : List.of("/", "/dashboard/dashboard.js", "/dashboard/uplot.js")) {
        assertThat(node.get(open).statusCode()).as(open).isEqualTo(200);
      }
      BadInputTest.assertProblem(node.get("/dashboard"), 401, "unauthenticated", "Bearer");
      BadInputTest.assertProblem(node.call("Stats", ""), 401, "unauthenticated", "Bearer");
      BadInputTest.assertProblem(
          node.call("Stats", "", "Authorization", "Bearer wrong"), 403, "forbidden", "token");
      assertThat(node.call("Stats", "", "Authorization", "Bearer second").statusCode())
          .isEqualTo(200);
      assertThat(Refused.access(node, "no-token")).isEqualTo(2);
      assertThat(Refused.access(node, "unknown-token")).isEqualTo(1);
    }
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
    try (TestNode node = TestNode.alone("distri.node.access.tokens=first")) {
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
