package io.distri.client;

import static io.distri.client.ScriptedNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.client.ScriptedNode.Answer;
import io.distri.protocol.LoadReport;
import io.distri.protocol.NodeState;
import io.distri.protocol.ProblemType;
import io.distri.protocol.ServiceNames;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How a client learns of nodes and of what they offer. */
@Execution(ExecutionMode.CONCURRENT)
class NodesComeAndGoTest {

  /** As the defaults, but soon. */
  private static final DistriClientSettings.Election SOON =
      new DistriClientSettings.Election(
          Duration.ofMillis(250),
          3,
          Duration.ofMillis(500),
          Duration.ofMillis(50),
          Duration.ofMillis(50));

  private static final DistriRequest ENCRYPT =
      DistriRequest.to(ServiceNames.ENCRYPT).body(new byte[] {1}).build();

  private final ScriptedNode a = ScriptedNode.start("a");
  private final ScriptedNode b = ScriptedNode.start("b");

  @AfterEach
  void stop() {
    Stream.of(a, b).forEach(ScriptedNode::close);
  }

  private DistriClientBuilder clientOfA() {
    return DistriClient.builder().nodes(a.address().toString()).election(SOON);
  }

  @Test
  void a_node_that_the_table_names_serves_calls() {
    a.table = List.of(a.record(ServiceNames.ENCRYPT), b.record(ServiceNames.ENCRYPT));
    try (DistriClient client = clientOfA().build()) {
      await().until(() -> servedBy(client).equals("b"));
    }
  }

  @Test
  void a_node_that_the_table_calls_dead_is_left_alone_and_taken_back_later() {
    a.table = List.of(a.record(), b.record());
    b.table = a.table;
    try (DistriClient client = clientOfA().build()) {
      await().until(() -> servedBy(client).equals("b"));
      a.table = List.of(a.record(), b.record(NodeState.DEAD));
      b.table = a.table;
      await().until(() -> client.askStats().size() == 1);
      int before = b.received().size();
      Stream.generate(() -> servedBy(client)).limit(30).forEach(id -> {});
      assertThat(b.received()).hasSize(before);

      a.table = List.of(a.record(), b.record());
      b.table = a.table;
      await().until(() -> servedBy(client).equals("b"));
    }
  }

  @Test
  void a_draining_node_gets_no_calls_while_another_is_up() {
    a.state = NodeState.RESTARTING;
    try (DistriClient client =
        clientOfA().nodes(a.address().toString(), b.address().toString()).build()) {
      // Its own answers say that it drains; one may be needed to hear it.
      Stream.generate(() -> servedBy(client)).limit(10).forEach(id -> {});
      int before = a.received().size();
      Stream.generate(() -> servedBy(client)).limit(20).forEach(id -> {});
      assertThat(a.received()).hasSize(before);
    }
  }

  @Test
  void a_service_goes_only_to_nodes_that_offer_it_from_the_first_call_on() {
    a.table = List.of(a.record("Encrypt"), b.record("Encrypt", "Thumbnail"));
    b.table = a.table;
    try (DistriClient client = clientOfA().build()) {
      for (int i = 0; i < 10; i++) {
        assertThat(client.send(DistriRequest.to("Thumbnail").build()).nodeId()).contains("b");
      }
    }
    assertThat(a.received()).isEmpty();
  }

  @Test
  void a_node_that_turns_out_not_to_offer_a_service_costs_a_try() {
    a.answering(call -> Answer.problem(ProblemType.UNKNOWN_SERVICE, "no Thumbnail here"));
    try (DistriClient client =
        clientOfA().nodes(a.address().toString(), b.address().toString()).build()) {
      for (int i = 0; i < 10; i++) {
        assertThat(client.send(DistriRequest.to("Thumbnail").build()).nodeId()).contains("b");
      }
    }
  }

  @Test
  void a_service_that_no_node_offers_is_rejected_with_the_nodes_own_words() {
    Stream.of(a, b)
        .forEach(node ->
            node.answering(call -> Answer.problem(ProblemType.UNKNOWN_SERVICE, "no such service")));
    try (DistriClient client =
        clientOfA().nodes(a.address().toString(), b.address().toString()).build()) {
      assertThatThrownBy(() -> client.sendData(new byte[0], "Tumbnail"))
          .isInstanceOf(RejectedException.class)
          .hasMessageContaining("rejected by every node: 404 no such service");
    }
    assertThat(a.received().size() + b.received().size()).isEqualTo(2);
  }

  @Test
  void a_name_stands_for_all_its_addresses_and_follows_them() throws UnknownHostException {
    AtomicReference<List<InetAddress>> answer =
        new AtomicReference<>(List.of(InetAddress.getByName("127.0.0.2")));
    String port = String.valueOf(a.address().port());
    try (DistriClient client =
        clientOfA()
            .nodes("dns://nodes.test:" + port)
            .resolver(name -> answer.get())
            .deadline(Duration.ofSeconds(2))
            .build()) {
      // a listens on 127.0.0.1 alone.
      assertThatThrownBy(() -> servedBy(client)).isInstanceOf(RefusedEverywhereException.class);

      answer.set(List.of(InetAddress.getByName("127.0.0.1")));

      await().ignoreExceptions().until(() -> servedBy(client).equals("a"));
    }
  }

  @Test
  void a_name_without_an_address_is_no_node_known() {
    try (DistriClient client =
        clientOfA()
            .nodes("dns://nodes.test:3000")
            .resolver(name -> {
              throw new UnknownHostException(name);
            })
            .build()) {
      assertThatThrownBy(() -> servedBy(client))
          .isInstanceOf(NoNodeKnownException.class)
          .hasMessageContaining("dns://nodes.test:3000")
          .hasMessageContaining("distri.client.nodes");
    }
  }

  @Test
  void a_name_service_that_hangs_does_not_hold_a_call_beyond_its_deadline() {
    try (DistriClient client =
        clientOfA()
            .nodes("dns://nodes.test:3000")
            .resolver(name -> {
              try {
                Thread.currentThread().join();
              } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
              }
              throw new UnknownHostException(name);
            })
            .deadline(Duration.ofMillis(200))
            .build()) {
      assertThatThrownBy(() -> servedBy(client)).isInstanceOf(NoNodeKnownException.class);
    }
  }

  @Test
  void a_node_that_died_is_found_again_when_it_is_back() {
    int port = b.address().port();
    b.close();
    try (DistriClient client =
        clientOfA().nodes(a.address().toString(), "127.0.0.1:" + port).build()) {
      for (int i = 0; i < 30; i++) {
        assertThat(servedBy(client)).isEqualTo("a");
      }
      try (ScriptedNode back = ScriptedNode.start("b", port)) {
        await().until(() -> servedBy(client).equals(back.id()));
      }
    }
  }

  @Test
  void all_nodes_down_then_back_is_served_again() {
    int portA = a.address().port();
    try (DistriClient client = clientOfA().build()) {
      assertThat(servedBy(client)).isEqualTo("a");
      a.close();
      DistriRequest hasty = ENCRYPT.toBuilder().deadline(Duration.ofMillis(300)).build();
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(() -> client.send(hasty)).isInstanceOf(DistriException.class);
      }
      try (ScriptedNode back = ScriptedNode.start("a", portA)) {
        assertThat(servedBy(client)).isEqualTo("a");
        assertThat(back.received()).hasSize(1);
      }
    }
  }

  @Test
  void an_idle_client_sends_nothing() {
    try (DistriClient client = clientOfA().build()) {
      servedBy(client);
      await().until(() -> a.tableReads() > 0);
      int sent = a.tableReads() + a.probes() + a.received().size();

      await()
          .during(Duration.ofMillis(600))
          .until(() -> a.tableReads() + a.probes() + a.received().size() == sent);
    }
  }

  @Test
  void under_traffic_nodes_that_get_no_calls_are_probed_at_most_four_times_a_second() {
    b.load = new LoadReport.Work(100_000, 1, 16, 100);
    long begun = System.nanoTime();
    try (DistriClient client =
        clientOfA().nodes(a.address().toString(), b.address().toString()).build()) {
      await()
          .pollInterval(Duration.ofMillis(5))
          .until(() -> {
            servedBy(client);
            return b.probes() >= 5;
          });
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
    assertThat(b.probes()).isLessThanOrEqualTo(1 + (int) (elapsed.toMillis() / 250));
  }

  @Test
  void a_node_that_stays_silent_is_probed_less_and_less() {
    b.probesAnswered = false;
    b.load = new LoadReport.Work(100_000, 1, 16, 100);
    long begun = System.nanoTime();
    try (DistriClient client =
        clientOfA().nodes(a.address().toString(), b.address().toString()).build()) {
      await()
          .pollInterval(Duration.ofMillis(5))
          .until(() -> {
            servedBy(client);
            return System.nanoTime() - begun > 1_200_000_000L;
          });
    }
    // At once, after half a second, a second after that at the earliest, and so on.
    long halfSeconds = (System.nanoTime() - begun) / 500_000_000L;
    assertThat(b.probes()).isBetween(1, 65 - Long.numberOfLeadingZeros(halfSeconds + 1));
  }

  @Test
  void every_nodes_stats_are_asked_for_and_silent_nodes_are_named() {
    Set<String> known = new HashSet<>();
    a.table = List.of(a.record(), b.record());
    String dead = BrokenNode.refusing().toString();
    try (DistriClient client = clientOfA().nodes(a.address().toString(), dead).build()) {
      for (NodeAnswer answer : client.askStats()) {
        known.add(
            answer instanceof NodeAnswer.Answered answered
                ? answered.stats().node()
                : answer.toString());
      }
      assertThat(client.collectStats()).containsExactlyInAnyOrder(a.stats(), b.stats());
    }
    assertThat(known).hasSize(3).contains("a", "b").anyMatch(text -> text.contains(dead));
  }

  @Test
  void a_node_with_two_addresses_is_asked_for_its_stats_but_counted_once() {
    String byName = "localhost:" + a.address().port();
    try (DistriClient client = clientOfA().nodes(a.address().toString(), byName).build()) {
      assertThat(client.askStats()).hasSize(1);
    }
  }

  private static String servedBy(DistriClient client) {
    return client.send(ENCRYPT).nodeId().orElseThrow();
  }
}
