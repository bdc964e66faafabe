package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.HostPort;
import io.distri.protocol.LoadReport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Tomcat refuses by itself is a problem with the node's headers, as every other error. */
class HttpErrorsTest {
  private static final String REST = "\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  private static TestNode node;
  private static HostPort address;

  @BeforeAll
  static void start() {
    node = TestNode.alone("distri.node.max-body=1MB");
    address = node.address();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%zz HTTP/1.1",
        "GET /% HTTP/1.1",
        "GET /%00 HTTP/1.1",
        "GET /a|b HTTP/1.1",
        "GET /a\\b HTTP/1.1",
        "GET /%c0%ae/ HTTP/1.1",
        "GET /..%2f..%2fnodes HTTP/1.1",
        "GET /../../nodes HTTP/1.1",
        "GET nodes HTTP/1.1",
        "GET /nodes?a=|%zz{ HTTP/1.1",
        "GET http://evil.example/nodes HTTP/1.1",
        "GET /nodes HTTP/3.0",
        "GET /nodes HTTP/1.1 more",
        "GET\u0001 /nodes HTTP/1.1",
        "PRI * HTTP/2.0",
        "CONNECT /nodes HTTP/1.1",
        "GET /nodes HTTP/1.1\r\nHost: evil.example",
        "GET /nodes HTTP/1.1\r\nContent-Length: -1",
        "GET /nodes HTTP/1.1\r\nContent-Length: many",
        "GET /nodes HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2",
        "GET /nodes HTTP/1.1\r\nTransfer-Encoding: gzip",
        "GET /nodes HTTP/1.1\r\nno colon",
        "GET /nodes HTTP/1.1\r\nna me: x",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000"
      })
  void what_is_no_valid_http_is_a_problem(String head) throws Exception {
    assertMalformed(head + REST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host: a b\r\n", "Host: 127.0.0.1@evil\r\n", "Host: :0:\r\n"})
  void a_host_that_is_missing_or_unreadable_is_a_problem(String host) throws Exception {
    assertMalformed("GET /nodes HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({"GET /nodes?, HTTP/1.1", "GET /nodes, HTTP/1.1 X:", "GET /nodes HTTP/1.1 X:, ''"})
  void headers_that_are_too_large_are_a_problem(String before, String after) throws Exception {
    String head = before + "x".repeat(60_000) + " " + after;
    assertMalformed(head.replace(" X:", "\r\nX:") + REST);
  }

  private static void assertMalformed(String request) throws Exception {
    String answer = RawHttp.exchange(address, request);
    assertThat(RawHttp.status(answer)).as(answer).isEqualTo(400);
    assertThat(RawHttp.header(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(RawHttp.header(answer, "Distri-Node")).isNotEmpty();
    assertThat(LoadReport.parse(RawHttp.header(answer, "Distri-Load"))).isPresent();
    assertThat(answer).contains("urn:distri:problem:malformed-request").doesNotContain("omcat");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /services/Encrypt",
        "POST /services/DeleteCollection?param=catalog",
        "POST /services/AddDocument?param=catalog"
      })
  void a_body_that_is_announced_too_large_is_refused_and_not_asked_for(String line)
      throws Exception {
    for (String length : new String[] {"1048577", "99999999999"}) {
      String head = " HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: " + length + REST;
      String answer = RawHttp.exchange(address, line + head);
      assertThat(RawHttp.status(answer)).as(answer).isEqualTo(413);
      assertThat(answer).contains("urn:distri:problem:body-too-large");
    }
  }

  @Test
  void a_body_of_good_size_is_asked_for() throws Exception {
    String answer =
        RawHttp.exchange(
            address,
            "POST /services/CreateCollection HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4"
                + REST
                + "name");
    assertThat(answer).startsWith("HTTP/1.1 100 ").contains("HTTP/1.1 201 ");
  }

  @ParameterizedTest
  @CsvSource({
    "0,    504, deadline-passed",
    "-1,   504, deadline-passed",
    "-99999999999999999, 504, deadline-passed",
    "abc,  400, malformed-request",
    "1.5,  400, malformed-request",
    "+1,   400, malformed-request",
    "'1 2', 400, malformed-request",
    "٣,   400, malformed-request"
  })
  void a_deadline_that_passed_or_cannot_be_read_ends_the_call_before_any_work(
      String deadline, int status, String problem) throws Exception {
    for (String service : new String[] {"CreateCollection", "Stats", "Encrypt"}) {
      String answer =
          RawHttp.exchange(
              address,
              "POST /services/%s HTTP/1.1\r\nDistri-Deadline-Ms: %s\r\nContent-Length: 4%slate"
                  .formatted(service, deadline, REST));
      assertThat(RawHttp.status(answer)).as(answer).isEqualTo(status);
      assertThat(answer).contains("urn:distri:problem:" + problem);
    }
    assertThat(TestNode.text(node.call("Stats", ""))).doesNotContain("late:");
  }

  @Test
  void a_deadline_far_away_is_good() throws Exception {
    for (String deadline : new String[] {"60000", "0060000", "999999999999999999"}) {
      assertThat(node.call("Stats", "", "Distri-Deadline-Ms", deadline).statusCode())
          .isEqualTo(200);
    }
  }
}
