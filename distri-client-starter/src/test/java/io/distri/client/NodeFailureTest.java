package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distri.client.ScriptedNode.Answer;
import io.distri.protocol.Headers;
import io.distri.protocol.ProblemType;
import io.distri.protocol.ServiceNames;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call makes of nodes that fail in one way or another. */
@Execution(ExecutionMode.CONCURRENT)
class NodeFailureTest {

  private static final byte[] IMAGE = {1, 2, 3};

  private final ScriptedNode a = ScriptedNode.start("a");
  private final ScriptedNode b = ScriptedNode.start("b");
  private final ScriptedNode c = ScriptedNode.start("c");

  @AfterEach
  void stop() {
    Stream.of(a, b, c).forEach(ScriptedNode::close);
  }

  private DistriClientBuilder client() {
    return DistriClient.builder()
        .nodes(a.address().toString(), b.address().toString(), c.address().toString());
  }

  @Test
  void a_dead_node_costs_a_try_and_not_the_call() {
    try (DistriClient client =
        DistriClient.builder()
            .nodes(BrokenNode.refusing().toString(), a.address().toString())
            .build()) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.sendData(IMAGE, ServiceNames.ENCRYPT)).isEqualTo(IMAGE);
      }
    }
    assertThat(a.received()).hasSize(20);
  }

  @Test
  void a_node_that_was_not_reached_executed_nothing_so_any_call_goes_on() {
    try (DistriClient client =
        DistriClient.builder()
            .nodes(BrokenNode.refusing().toString(), a.address().toString())
            .build()) {
      for (int i = 0; i < 10; i++) {
        assertThat(client.sendData(IMAGE, "Thumbnail")).isEqualTo(IMAGE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "UNAVAILABLE", "DISK_FULL"})
  void a_refused_call_tries_every_other_node_once(ProblemType refusal) {
    a.answering(call -> Answer.problem(refusal, "not now"));
    b.answering(call -> Answer.problem(refusal, "not now"));
    try (DistriClient client = client().build()) {
      DistriResponse response = client.send(add("{}"));

      assertThat(response.nodeId()).contains("c");
    }
    assertThat(a.received()).hasSizeLessThanOrEqualTo(1);
    assertThat(b.received()).hasSizeLessThanOrEqualTo(1);
    assertThat(c.received()).hasSize(1);
  }

  @Test
  void rounds_go_on_until_a_node_has_room() {
    AtomicInteger refusals = new AtomicInteger();
    Stream.of(a, b, c)
        .forEach(node ->
            node.answering(call ->
                refusals.incrementAndGet() <= 12
                    ? Answer.problem(ProblemType.REFUSED, "full")
                    : Answer.ok("done")));
    try (DistriClient client = client().build()) {
      assertThat(client.send(encrypt()).attempts()).isEqualTo(13);
    }
  }

  @Test
  void when_all_refuse_until_the_deadline_the_exception_names_them_and_their_reasons() {
    try (DistriClient client = client().build()) {
      warmUp(client);
      Stream.of(a, b, c)
          .forEach(
              node -> node.answering(call -> Answer.problem(ProblemType.REFUSED, "queue is full")));
      DistriRequest request = encrypt().toBuilder().deadline(Duration.ofSeconds(3)).build();
      long begun = System.nanoTime();
      RefusedEverywhereException failure =
          catchThrowableOfType(RefusedEverywhereException.class, () -> client.send(request));

      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isGreaterThan(Duration.ofMillis(2400));
      assertThat(failure.service()).isEqualTo(ServiceNames.ENCRYPT);
      assertThat(failure.tries())
          .extracting(NodeTry::address)
          .containsExactlyInAnyOrder(a.address(), b.address(), c.address());
      assertThat(failure)
          .hasMessageContaining("nothing was executed")
          .hasMessageContaining(a.address() + ": 429 queue is full");
    }
  }

  @Test
  void a_refusal_that_asks_for_more_time_than_is_left_ends_the_call_at_once() {
    Stream.of(a, b, c)
        .forEach(node ->
            node.answering(
                call -> Answer.problem(ProblemType.REFUSED, "full").with("Retry-After", "60")));
    try (DistriClient client = client().build()) {
      assertThatThrownBy(() -> client.send(encrypt()))
          .isInstanceOf(RefusedEverywhereException.class);
    }
    assertThat(Stream.of(a, b, c)).allSatisfy(node -> assertThat(node.received()).hasSize(1));
  }

  @Test
  void an_idempotent_call_that_a_node_died_with_is_repeated_elsewhere_as_the_same_call() {
    a.answering(call -> null);
    b.answering(call -> null);
    try (DistriClient client = client().build()) {
      client.send(add("{\"name\": \"cat\"}"));
      client.send(add("{\"name\": \"cat\"}"));
    }
    Set<String> keys =
        Stream.of(a, b, c)
            .flatMap(node -> node.received().stream())
            .map(call -> call.header(Headers.IDEMPOTENCY_KEY))
            .collect(Collectors.toSet());
    Set<String> bodies =
        Stream.of(a, b, c)
            .flatMap(node -> node.received().stream())
            .map(ScriptedNode.Received::text)
            .collect(Collectors.toSet());
    assertThat(keys).hasSize(2).doesNotContain("");
    assertThat(bodies).hasSize(2).allMatch(body -> body.startsWith("{\"UUID\":"));
    assertThat(c.received()).hasSize(2);
  }

  @Test
  void a_call_that_is_not_idempotent_is_never_repeated_once_it_may_have_run() {
    Stream.of(a, b, c).forEach(node -> node.answering(call -> null));
    try (DistriClient client = client().build()) {
      assertThatThrownBy(() -> client.sendData(IMAGE, "Thumbnail"))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("may or may not have been executed")
          .hasMessageContaining("not known to be idempotent");
    }
    assertThat(Stream.of(a, b, c).mapToInt(node -> node.received().size()).sum()).isEqualTo(1);
  }

  @Test
  void a_service_that_the_request_calls_idempotent_is_repeated() {
    a.answering(call -> null);
    b.answering(call -> null);
    try (DistriClient client = client().build()) {
      DistriRequest request = DistriRequest.to("Thumbnail").body(IMAGE).idempotent(true).build();

      assertThat(client.send(request).nodeId()).contains("c");
    }
  }

  @Test
  void an_idempotent_call_is_repeated_at_most_three_times() {
    Stream.of(a, b, c).forEach(node -> node.answering(call -> null));
    try (DistriClient client = client().build()) {
      assertThatThrownBy(() -> client.send(encrypt()))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("tried too often");
    }
    assertThat(Stream.of(a, b, c).mapToInt(node -> node.received().size()).sum()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERNAL", "NOT_ACKNOWLEDGED"})
  void an_error_that_leaves_open_what_happened_is_repeated_elsewhere(ProblemType type) {
    a.answering(call -> Answer.problem(type, "who knows"));
    b.answering(call -> Answer.problem(type, "who knows"));
    try (DistriClient client = client().build()) {
      assertThat(client.send(add("{}")).nodeId()).contains("c");
    }
  }

  @Test
  void a_black_hole_holds_an_idempotent_call_up_only_for_its_share_of_the_deadline()
      throws IOException {
    try (ServerSocket hole = BrokenNode.blackHole();
        DistriClient client =
            DistriClient.builder()
                .nodes(BrokenNode.address(hole), a.address().toString())
                .deadline(Duration.ofSeconds(6))
                .build()) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.sendData(IMAGE, ServiceNames.ENCRYPT)).isEqualTo(IMAGE);
      }
    }
    assertThat(a.received()).hasSize(5);
  }

  @Test
  void a_burst_that_went_into_three_black_holes_is_served_by_the_fourth_node() throws Exception {
    try (ServerSocket one = BrokenNode.blackHole();
        ServerSocket two = BrokenNode.blackHole();
        ServerSocket three = BrokenNode.blackHole();
        DistriClient client =
            DistriClient.builder()
                .nodes(
                    BrokenNode.address(one),
                    BrokenNode.address(two),
                    BrokenNode.address(three),
                    a.address().toString())
                .deadline(Duration.ofSeconds(12))
                .build()) {
      List<CompletableFuture<byte[]>> calls =
          IntStream.range(0, 40)
              .mapToObj(i -> client.sendDataAsync(IMAGE, ServiceNames.ENCRYPT))
              .toList();
      for (CompletableFuture<byte[]> call : calls) {
        assertThat(call.get()).isEqualTo(IMAGE);
      }
    }
  }

  @Test
  void a_call_lost_in_a_black_hole_ends_with_its_deadline_as_outcome_unknown() throws IOException {
    try (ServerSocket hole = BrokenNode.blackHole();
        DistriClient client =
            DistriClient.builder()
                .nodes(BrokenNode.address(hole))
                .deadline(Duration.ofSeconds(2))
                .build()) {
      assertThatThrownBy(() -> client.sendData(IMAGE, "Thumbnail"))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("no answer within");
    }
  }

  @Test
  void a_read_without_an_answer_ends_as_deadline_passed_for_it_changed_nothing()
      throws IOException {
    try (ServerSocket hole = BrokenNode.blackHole();
        DistriClient client =
            DistriClient.builder()
                .nodes(BrokenNode.address(hole))
                .deadline(Duration.ofSeconds(2))
                .build()) {
      assertThatThrownBy(() -> client.sendData(IMAGE, ServiceNames.ENCRYPT))
          .isInstanceOf(DeadlinePassedException.class);
    }
  }

  @Test
  void an_upload_that_nobody_reads_is_cut_off_at_the_deadline() throws IOException {
    byte[] large = new byte[64 << 20];
    try (ServerSocket hole = BrokenNode.blackHole();
        DistriClient client =
            DistriClient.builder()
                .nodes(BrokenNode.address(hole))
                .deadline(Duration.ofSeconds(2))
                .build()) {
      assertThatThrownBy(() -> client.sendData(large, ServiceNames.ENCRYPT))
          .isInstanceOf(DeadlinePassedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"BAD_NAME", "UNAUTHENTICATED", "FORBIDDEN", "UUID_CONFLICT", "FOREIGN_HOST"})
  void a_rejection_is_final_and_carries_the_problem(String name) {
    ProblemType type = ProblemType.valueOf(name);
    Stream.of(a, b, c)
        .forEach(node -> node.answering(call -> Answer.problem(type, "see the manual")));
    try (DistriClient client = client().build()) {
      RejectedException failure =
          catchThrowableOfType(RejectedException.class, () -> client.send(add("{}")));

      assertThat(failure.problem())
          .isEqualTo(
              new Problem(type.uri().toString(), type.status(), type.title(), "see the manual"));
      assertThat(failure).hasMessageContaining(type.status() + " see the manual");
    }
    assertThat(Stream.of(a, b, c).mapToInt(node -> node.received().size()).sum()).isEqualTo(1);
  }

  @Test
  void a_node_that_fails_fast_attracts_nobody() {
    a.answering(call -> Answer.problem(ProblemType.UNAVAILABLE, "broken"));
    try (DistriClient client = client().build()) {
      IntStream.range(0, 100).forEach(i -> client.send(encrypt()));
    }
    assertThat(a.received()).hasSizeLessThan(10);
  }

  /** Classes are loaded and connections open, so that a short deadline is one for the call. */
  private static void warmUp(DistriClient client) {
    IntStream.range(0, 30).forEach(i -> client.send(encrypt()));
  }

  private static DistriRequest encrypt() {
    return DistriRequest.to(ServiceNames.ENCRYPT).body(IMAGE).build();
  }

  private static DistriRequest add(String json) {
    return DistriRequest.to(ServiceNames.ADD_DOCUMENT)
        .params("catalog")
        .body(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .build();
  }
}
