package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.protocol.HostPort;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call the public port. */
class AccessTest {
  private static TestNode exposed;
  private static HostPort onNetwork;

  @BeforeAll
  static void start() throws Exception {
    exposed =
        TestNode.alone(
            "server.address=0.0.0.0",
            "distri.node.public-address=public.example:80",
            "distri.node.access.open=true",
            "distri.node.access.hosts=other.example, distri.example");
    onNetwork = new HostPort(RawHttp.ownAddress(), exposed.address().port());
  }

  @AfterAll
  static void stop() {
    exposed.close();
  }

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
        "/dashboard/;/../../nodes",
        "/actuator/healthx"
      })
  void a_path_that_only_looks_like_health_wants_a_token_too(String path) throws Exception {
    try (TestNode node = TestNode.alone("distri.node.access.tokens=the-first-of-two-tokens")) {
      String answer = RawHttp.ask(node.address(), "GET " + path, "localhost");
      assertThat(RawHttp.status(answer)).isIn(400, 401, 404);
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
      String answer = RawHttp.ask(node.address(), "POST " + path, "localhost");
      assertThat(RawHttp.status(answer)).isIn(404, 400);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 204",
    "10.1.2.3, 204",
    "[::1], 204",
    "LOCALHOST., 204",
    "public.example, 204",
    "distri.example, 204",
    "DISTRI.example., 204",
    "evil.example, 421",
    "distri.example.evil, 421",
    "127.0.0.1.nip.io, 421",
    "127.1, 421",
    "'', 421"
  })
  void callers_use_the_nodes_own_names_whatever_address_they_reach(String host, int status)
      throws Exception {
    for (HostPort reached : List.of(exposed.address(), onNetwork)) {
      for (String named : host.isEmpty() ? List.of(host) : List.of(host, host + ":3000")) {
        String answer = RawHttp.ask(reached, "GET /probe", named);
        assertThat(RawHttp.status(answer)).as(answer).isEqualTo(status);
        assertThat(answer).contains(status == 421 ? "urn:distri:problem:foreign-host" : "");
      }
    }
  }

  @Test
  void a_page_whose_name_leads_to_the_node_cannot_call_it() throws Exception {
    long before = Refused.access(exposed, "foreign-host");
    for (String line : List.of("GET /", "GET /nodes", "POST /services/Stats", "OPTIONS /nodes")) {
      String answer =
          RawHttp.ask(
              onNetwork,
              line,
              "evil.example:3000",
              "Origin: http://evil.example:3000",
              "Sec-Fetch-Site: same-origin");
      assertThat(RawHttp.status(answer)).as(answer).isEqualTo(421);
      assertThat(RawHttp.header(answer, "Distri-Node")).isNotEmpty();
    }
    assertThat(Refused.access(exposed, "foreign-host")).isEqualTo(before + 4);
  }

  @Test
  void a_program_that_is_older_than_the_host_header_is_served() throws Exception {
    String answer = RawHttp.exchange(onNetwork, "GET /probe HTTP/1.0\r\n\r\n");
    assertThat(RawHttp.status(answer)).as(answer).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /nodes, 'Origin: http://distri.example:3000', 200",
    "GET /nodes, 'Origin: https://DISTRI.example:3000', 200",
    "GET /nodes, 'Origin: http://distri.example', 403",
    "GET /nodes, 'Origin: http://distri.example:8080', 403",
    "GET /nodes, 'Origin: http://localhost:3000', 403",
    "GET /nodes, 'Origin: https://evil.example', 403",
    "GET /nodes, 'Origin: null', 403",
    "OPTIONS /nodes, 'Origin: https://evil.example', 403",
    "GET /nodes, 'Sec-Fetch-Site: same-origin', 200",
    "GET /nodes, 'Sec-Fetch-Site: none', 200",
    "GET /nodes, 'Sec-Fetch-Site: same-site', 403",
    "GET /nodes, 'Sec-Fetch-Site: cross-site', 403",
    "GET /nodes, 'Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: document', 403",
    "GET /, 'Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: document', 200",
    "GET /, 'Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: iframe', 403"
  })
  void web_pages_of_other_origins_are_refused(String line, String headers, int status)
      throws Exception {
    String answer = RawHttp.ask(onNetwork, line, "distri.example:3000", headers);
    assertThat(RawHttp.status(answer)).as(answer).isEqualTo(status);
    assertThat(answer).contains(status == 403 ? "urn:distri:problem:foreign-origin" : "");
  }

  @Test
  void a_page_of_another_origin_changes_nothing() throws Exception {
    long before = Refused.access(exposed, "foreign-origin");
    BadInputTest.assertProblem(
        exposed.call("CreateCollection", "evil", "Origin", "https://evil.example"),
        403,
        "foreign-origin",
        "origin");
    assertThat(exposed.call("ReadCollection?param=evil", "").statusCode()).isEqualTo(404);
    assertThat(Refused.access(exposed, "foreign-origin")).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "*.example", "http://node", "node:3000", "a b", "-"})
  void what_is_no_name_of_a_host_is_refused_at_the_start(String host) {
    assertThatThrownBy(() -> TestNode.alone("distri.node.access.hosts=" + host).close())
        .hasStackTraceContaining("distri.node.access.hosts: '" + host + "' is no name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server.servlet.context-path=/distri",
        "spring.mvc.servlet.path=/distri",
        "management.endpoints.web.base-path=/dashboard",
        "management.endpoints.web.path-mapping.prometheus=health/prometheus"
      })
  void a_node_whose_paths_would_move_does_not_start(String setting) {
    assertThatThrownBy(() -> TestNode.alone(setting).close())
        .hasStackTraceContaining("would move paths that other nodes, clients and probes call");
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

  @Test
  void the_management_port_is_guarded_as_the_public_one() throws Exception {
    HostPort port = TestNode.freeAddress();
    String metrics = "GET /actuator/prometheus";
    try (TestNode node =
        TestNode.knocking(
            TestNode.freeAddress(),
            "management.server.port=" + port.port(),
            "distri.node.access.tokens=the-first-of-two-tokens")) {
      assertThat(node.get("/actuator/health/liveness").statusCode()).as("it moved").isEqualTo(404);
      String health = RawHttp.ask(port, "GET /actuator/health/liveness", "localhost");
      assertThat(RawHttp.status(health)).as(health).isEqualTo(200);
      assertThat(RawHttp.header(health, "Distri-Node")).isNotEmpty();
      assertThat(RawHttp.status(RawHttp.ask(port, metrics, "localhost"))).isEqualTo(401);
      assertThat(RawHttp.status(RawHttp.ask(port, metrics, "evil.example"))).isEqualTo(421);
      String right = "Authorization: Bearer the-first-of-two-tokens";
      assertThat(RawHttp.status(RawHttp.ask(port, metrics, "localhost", right))).isEqualTo(200);
      String page = "Origin: http://evil.example";
      assertThat(RawHttp.status(RawHttp.ask(port, metrics, "localhost", right, page)))
          .isEqualTo(403);
      for (String wrong : List.of("GET /nothing", "GET /%zz", "GET /actuator/health/nothing")) {
        String answer = RawHttp.ask(port, wrong, "localhost", right);
        assertThat(answer).contains("urn:distri:problem:").contains("Distri-Load: ");
      }
      HostPort elsewhere = new HostPort(RawHttp.ownAddress(), port.port());
      assertThatThrownBy(() -> RawHttp.ask(elsewhere, metrics, "localhost"))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void nor_is_the_management_port_open_to_the_network_by_accident() {
    String port = "management.server.port=" + TestNode.freeAddress().port();
    assertThatThrownBy(() -> TestNode.alone(port, "management.server.address=0.0.0.0").close())
        .hasStackTraceContaining("would serve everybody");
  }
}
