package io.distri.node;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.node.service.CloudService;
import io.distri.node.service.ServiceRequest;
import io.distri.node.service.ServiceResponse;
import io.distri.protocol.Headers;
import io.distri.protocol.LoadReport;
import io.distri.protocol.WorkClass;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Faults that a node plays, on real sockets. */
class FaultTest {
  private static final String PROFILE = "spring.profiles.active=fault";
  private static final String LONG = "&duration=1h";

  @TempDir Path directory;
  private List<TestNode> nodes = List.of();

  @AfterEach
  void stop() {
    nodes.forEach(TestNode::close);
  }

  @Test
  void a_dead_node_answers_nobody_and_is_missed_by_the_others_until_it_is_over() throws Exception {
    nodes = TestNode.cluster(2, directory, PROFILE);
    TestNode dead = nodes.get(0);
    assertThat(play(dead, "dead" + LONG)).isEqualTo(204);
    assertThatThrownBy(() -> dead.call("Stats", "")).isInstanceOf(IOException.class);
    nodes.get(1).awaitMembers(1);
    assertThat(play(dead, "none")).isEqualTo(204);
    nodes.get(1).awaitMembers(2);
    assertThat(stats(dead)).contains("Server Fails: 1");
    assertThat(stats(nodes.get(1))).contains("Server Fails: 0");
  }

  @Test
  void a_silent_node_answers_late_but_answers() throws Exception {
    TestNode node = started(PROFILE);
    assertThat(play(node, "silent" + LONG)).isEqualTo(204);
    assertThatThrownBy(
            () -> node.send(node.request("/probe").timeout(Duration.ofMillis(200)).GET()))
        .isInstanceOf(HttpTimeoutException.class);
    var late = node.sendAsync(node.request("/probe").GET());
    assertThat(play(node, "none")).isEqualTo(204);
    assertThat(late.join().statusCode()).isEqualTo(204);
  }

  @Test
  void a_slow_node_takes_so_many_times_as_long_and_says_so_in_its_load() throws Exception {
    TestNode node = TestNode.with(Work.class, PROFILE);
    nodes = List.of(node);
    play(node, "slow&factor=20" + LONG);
    assertThat(time(() -> node.call("Work", ""))).isGreaterThan(Duration.ofMillis(20 * (10 + 10)));
    assertThat(stats(node)).containsPattern("Total Task Time: (\\d{3}\\.|\\d+\\.\\d+s)");
    // What the node tells of its load is learned from that: a client elects another one.
    String load = node.get("/probe").headers().firstValue(Headers.LOAD).orElseThrow();
    assertThat(LoadReport.parse(load).orElseThrow().work().get(WorkClass.USER).serviceMs())
        .isGreaterThan(15);
    assertThat(stats(node)).contains("Server Fails: 1");
  }

  @Test
  void each_service_is_slow_with_all_of_its_work() throws Exception {
    TestNode node = TestNode.with(Work.class, PROFILE);
    nodes = List.of(node);
    for (Call call : Call.all()) {
      Duration well = least(20, node, call);
      play(node, "slow&factor=" + call.factor + LONG);
      // Encrypt is, though it seals while it writes.
      assertThat(least(3, node, call)).as(call.path).isGreaterThan(well.multipliedBy(6));
      play(node, "none");
    }
  }

  @Test
  void a_slow_node_holds_no_call_whose_caller_has_gone_or_waits_no_more() throws Exception {
    TestNode node = TestNode.with(Work.class, PROFILE);
    nodes = List.of(node);
    play(node, "slow&factor=1000" + LONG);
    try (Socket caller = new Socket("127.0.0.1", node.address().port())) {
      caller
          .getOutputStream()
          .write(
              "POST /services/Work HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      await().until(() -> stats(node).contains("In Flight: 1"));
    }
    await().atMost(Duration.ofSeconds(9)).until(() -> stats(node).contains("In Flight: 0"));
    assertThat(time(() -> node.call("Work", "", Headers.DEADLINE_MS, "100")))
        .isLessThan(Duration.ofSeconds(9));
  }

  @Test
  void a_dead_a_silent_and_a_refusing_node_are_so_to_each_service() throws Exception {
    TestNode node = TestNode.with(Work.class, PROFILE);
    nodes = List.of(node);
    for (Call call : Call.all()) {
      play(node, "dead" + LONG);
      assertThatThrownBy(() -> call.of(node)).as(call.path).isInstanceOf(IOException.class);
      play(node, "none");
      play(node, "silent" + LONG);
      var late = node.sendAsync(node.request("/services/" + call.path).POST(call.publisher()));
      assertThatThrownBy(() -> node.send(call.request(node).timeout(Duration.ofMillis(200))))
          .isInstanceOf(HttpTimeoutException.class);
      assertThat(late).as(call.path).isNotDone();
      play(node, "none");
      assertThat(late.join().statusCode()).as(call.path).isLessThan(300);
      play(node, "refuse" + LONG);
      BadInputTest.assertProblem(call.of(node), 503, "unavailable", "fault");
      assertThat(node.call("Stats", "").statusCode()).isEqualTo(200);
      play(node, "none");
    }
  }

  @Test
  void a_node_cut_off_goes_on_with_each_service_that_needs_no_other_node() throws Exception {
    nodes = TestNode.cluster(2, directory, PROFILE, "distri.node.db.write-ack=local");
    TestNode alone = nodes.get(0);
    play(alone, "cut-off" + LONG);
    for (Call call : Call.all()) {
      if (!call.path.equals("Work")) {
        assertThat(call.of(alone).statusCode()).as(call.path).isLessThan(300);
      }
    }
  }

  /**
   * A call of a service that goes well each time.
   *
   * @param factor by which it shows that it is slow, however fast the machine is
   */
  private record Call(String path, byte[] body, int factor) {
    static List<Call> all() throws IOException {
      String reader = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
      return List.of(
          new Call("Encrypt?param=" + reader, Arrays.copyOf(Examples.image(), 1 << 20), 16),
          new Call("Work", new byte[0], 16),
          call("CreateCollection", "made"),
          call("AddDocument?param=made", "{\"UUID\":\"a\"}"),
          call("UpdateDocument?param=made", "{\"UUID\":\"a\",\"n\":1}"),
          call("ReadCollection?param=made", ""),
          call("DeleteDocument?param=made", "{\"UUID\":\"a\"}"),
          call("ReadCollection?param=catalog", ""));
    }

    private static Call call(String path, String body) {
      return new Call(path, body.getBytes(StandardCharsets.UTF_8), 1000);
    }

    HttpResponse<byte[]> of(TestNode node) throws IOException, InterruptedException {
      return node.call(path, body);
    }

    BodyPublisher publisher() {
      return BodyPublishers.ofByteArray(body);
    }

    HttpRequest.Builder request(TestNode node) {
      return node.request("/services/" + path).POST(publisher());
    }
  }

  private static Duration time(Callable<HttpResponse<byte[]>> call) throws Exception {
    long begun = System.nanoTime();
    assertThat(call.call().statusCode()).isLessThan(300);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** The least time of several calls, which depends least on what else the machine does. */
  private static Duration least(int calls, TestNode node, Call call) throws Exception {
    Duration least = Duration.ofDays(1);
    for (int i = 0; i < calls; i++) {
      Duration time = time(() -> call.of(node));
      least = time.compareTo(least) < 0 ? time : least;
    }
    return least;
  }

  /** Takes 10 ms before it answers and 10 ms while it writes. */
  @Configuration(proxyBeanMethods = false)
  static class Work {
    @Bean
    CloudService work() {
      return new CloudService() {
        @Override
        public String name() {
          return "Work";
        }

        @Override
        public ServiceResponse serve(ServiceRequest request) {
          spin();
          return ServiceResponse.streamed(ServiceResponse.OCTETS, out -> spin());
        }
      };
    }

    private static void spin() {
      long end = System.nanoTime() + 10_000_000;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void a_node_that_refuses_executes_nothing_and_says_so() throws Exception {
    TestNode node = started(PROFILE);
    play(node, "refuse" + LONG);
    HttpResponse<byte[]> refused = node.call("AddDocument?param=catalog", "{}");
    BadInputTest.assertProblem(refused, 503, "unavailable", "fault");
    assertThat(refused.headers().firstValue("Distri-Executed")).hasValue("no");
    play(node, "none");
    assertThat(node.read("catalog").size()).isZero();
  }

  @Test
  void a_node_cut_off_serves_but_gets_no_majority_and_is_missed_until_it_heals() throws Exception {
    nodes = TestNode.cluster(2, directory, PROFILE);
    TestNode alone = nodes.get(0);
    TestNode other = nodes.get(1);
    play(alone, "cut-off" + LONG);
    HttpResponse<byte[]> unsure =
        alone.call("AddDocument?param=catalog", "{\"UUID\":\"a\"}", Headers.DEADLINE_MS, "700");
    assertThat(unsure.statusCode()).isEqualTo(503);
    assertThat(unsure.headers().firstValue("Distri-Executed")).hasValue("unknown");
    other.awaitMembers(1);
    alone.awaitMembers(1);
    assertThat(other.read("catalog").size()).isZero();
    assertThat(alone.isReady()).as("clients reach it as ever").isTrue();
    play(alone, "none");
    nodes.forEach(node -> node.awaitMembers(2));
    await().until(() -> other.read("catalog").size() == 1);
  }

  @Test
  void a_node_that_knows_it_is_cut_off_gives_up_what_waits_and_executes_no_more_writes()
      throws Exception {
    nodes = TestNode.cluster(2, directory, PROFILE, "distri.node.db.write-timeout=10m");
    TestNode alone = nodes.get(0);
    play(alone, "cut-off" + LONG);
    HttpResponse<byte[]> unsure = alone.call("AddDocument?param=catalog", "{\"UUID\":\"a\"}");
    BadInputTest.assertProblem(unsure, 503, "not-acknowledged", "write-ack");
    assertThat(unsure.headers().firstValue("Distri-Executed")).hasValue("unknown");
    HttpResponse<byte[]> refused = alone.call("AddDocument?param=catalog", "{\"UUID\":\"b\"}");
    BadInputTest.assertProblem(refused, 503, "too-few-in-reach", "write-ack");
    assertThat(refused.headers().firstValue("Distri-Executed")).hasValue("no");
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(alone.read("catalog").toString()).isEqualTo("[{\"UUID\":\"a\"}]");
    play(alone, "none");
    await()
        .until(
            () -> alone.call("AddDocument?param=catalog", "{\"UUID\":\"c\"}").statusCode() == 200);
  }

  @Test
  void a_node_plays_several_faults_at_once_and_ends_them_together() throws Exception {
    TestNode node = started(PROFILE);
    play(node, "refuse" + LONG);
    play(node, "cut-off" + LONG);
    assertThat(node.call("AddDocument?param=catalog", "{}").statusCode()).isEqualTo(503);
    play(node, "none");
    assertThat(node.call("AddDocument?param=catalog", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void faults_come_at_random_where_they_were_asked_for() throws Exception {
    TestNode node =
        started(
            PROFILE,
            "distri.node.fault.every=20ms",
            "distri.node.fault.duration=10ms",
            "distri.node.fault.modes=refuse,slow");
    await().until(() -> !stats(node).matches("(?s).*Server Fails: [0-4]\n.*"));
  }

  @Test
  void nonsense_is_refused() throws Exception {
    TestNode node = started(PROFILE);
    for (String order : List.of("drunk", "slow&factor=1", "slow&factor=NaN", "dead&duration=0s")) {
      assertThat(play(node, order)).isEqualTo(400);
    }
    assertThat(stats(node)).contains("Server Fails: 0");
    assertThatThrownBy(() -> TestNode.alone(PROFILE, "distri.node.fault.factor=0.5").close())
        .hasStackTraceContaining("distri.node.fault.factor must be above 1");
  }

  @Test
  void web_pages_can_not_order_faults() throws Exception {
    TestNode node = started(PROFILE);
    HttpRequest.Builder order =
        node.request("/fault?mode=dead")
            .header("Origin", "https://evil.example")
            .POST(HttpRequest.BodyPublishers.noBody());
    assertThat(node.send(order).statusCode()).isEqualTo(403);
    assertThat(stats(node)).contains("Server Fails: 0");
  }

  @Test
  void without_the_profile_there_is_no_trace_of_faults() throws Exception {
    ClassLoader without = new FilteredClassLoader("io.distri.node.fault");
    try (TestNode node = TestNode.loadedBy(without, "distri.node.fault.every=1ms")) {
      assertThat(play(node, "dead")).isEqualTo(404);
      assertThat(node.context().getBeanDefinitionNames())
          .extracting(name -> String.valueOf(node.context().getType(name)))
          .noneMatch(type -> type.contains("distri.node.fault"));
      assertThat(stats(node)).contains("Server Fails: 0");
    }
    assertThatThrownBy(() -> TestNode.loadedBy(without, PROFILE).close())
        .as("the profile does need the classes")
        .isInstanceOf(Throwable.class);
  }

  private TestNode started(String... properties) {
    TestNode node = TestNode.alone(properties);
    nodes = List.of(node);
    return node;
  }

  private static int play(TestNode node, String order) throws Exception {
    return node.send(node.request("/fault?mode=" + order).POST(HttpRequest.BodyPublishers.noBody()))
        .statusCode();
  }

  private static String stats(TestNode node) throws Exception {
    return TestNode.text(node.call("Stats", ""));
  }
}
