package io.distri.node;

import static io.distri.node.TestNode.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stream of events costs a node, and whose it is. */
@Timeout(900)
class EventStreamsTest {
  private static final String QUIET = "/collections/users/changes";

  private static TestNode node;

  @BeforeAll
  static void start() {
    node =
        TestNode.alone(
            "distri.node.streams.share-percent=1",
            "distri.node.max-body=1MB",
            "server.tomcat.connection-timeout=1s");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  /** A caller that sends one request, and is in no hurry to read. */
  private record Caller(Socket socket, BufferedReader lines) implements AutoCloseable {
    static Caller from(String address) throws IOException {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(4096);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
      socket.connect(new InetSocketAddress(node.address().host(), node.address().port()));
      return new Caller(
          socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)));
    }

    /** Sends a request and gives the head of the answer. */
    List<String> ask(String method, String path) throws IOException {
      String request = "%s %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(method, path, node.address());
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      List<String> head = new ArrayList<>();
      for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
        head.add(line);
      }
      return head;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static double held() {
    return node.context().getBean(MeterRegistry.class).get("distri.streams").gauges().stream()
        .mapToDouble(Gauge::value)
        .sum();
  }

  @ParameterizedTest
  @CsvSource({QUIET + ", 10", "/dashboard, 8"})
  void one_address_gets_a_share_and_leaves_the_rest_to_others(String path, int share)
      throws Exception {
    List<Caller> greedy = new ArrayList<>();
    try {
      for (int i = 0; i < share; i++) {
        greedy.add(Caller.from("127.0.0.1"));
        assertThat(greedy.getLast().ask("GET", path)).first().asString().contains(" 200");
      }
      try (Caller more = Caller.from("127.0.0.1");
          Caller other = Caller.from("127.0.0.2")) {
        assertThat(more.ask("GET", path))
            .anySatisfy(line -> assertThat(line).contains(" 429"))
            .anySatisfy(line -> assertThat(line).startsWith("Retry-After: "));
        assertThat(other.ask("GET", path)).first().asString().contains(" 200");
      }
    } finally {
      for (Caller caller : greedy) {
        caller.close();
      }
    }
    await().until(() -> held() == 0);
  }

  @Test
  void a_share_of_nothing_is_refused_at_the_start() {
    assertThatException()
        .isThrownBy(() -> TestNode.alone("distri.node.streams.share-percent=0"))
        .withStackTraceContaining("must be between 1 and 100, not 0");
  }

  @Test
  void callers_that_are_gone_are_noticed_whatever_is_written_elsewhere() throws Exception {
    Thread busy = Thread.ofVirtual().start(EventStreamsTest::writeOnAndOn);
    try (Caller caller = Caller.from("127.0.0.1")) {
      caller.ask("GET", QUIET);
      assertThat(held()).isEqualTo(1);
    }
    await().until(() -> held() == 0);
    assertThat(busy.isAlive()).isTrue();
    busy.interrupt();
  }

  private static void writeOnAndOn() {
    try {
      for (int n = 0; true; n++) {
        node.call("UpdateDocument?param=catalog", "{\"UUID\":\"x\",\"n\":" + n + "}");
      }
    } catch (IOException | InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {QUIET, QUIET + "?since=now", "/dashboard"})
  void head_gets_the_headers_and_holds_nothing(String path) throws Exception {
    try (Caller caller = Caller.from("127.0.0.1")) {
      for (int i = 0; i < 20; i++) {
        assertThat(caller.ask("HEAD", path))
            .contains("Content-Type: text/event-stream;charset=UTF-8")
            .contains("Cache-Control: no-store, no-transform")
            .contains("X-Accel-Buffering: no")
            .first()
            .asString()
            .contains(" 200");
      }
      assertThat(held()).isZero();
      assertThat(caller.ask("HEAD", "/collections/nowhere/changes").getFirst()).contains(" 404");
      assertThat(caller.ask("GET", "/probe").getFirst()).contains(" 204");
    }
  }

  @Test
  void a_caller_that_reads_nothing_is_cut_off() throws Exception {
    try (Caller caller = Caller.from("127.0.0.1")) {
      caller.ask("GET", QUIET);
      String pad = "x".repeat(200_000);
      for (int n = 0; held() > 0; n++) {
        node.call(
            "UpdateDocument?param=users",
            "{\"UUID\":\"x\",\"n\":%d,\"pad\":\"%s\"}".formatted(n, pad));
      }
      assertThat(caller.socket().isClosed()).isFalse();
    }
  }
}
