package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.client.ScriptedNode.Answer;
import io.distri.protocol.LoadReport;
import io.distri.protocol.ProblemType;
import io.distri.protocol.ServiceNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that work, but worse than the others. */
class UnevenNodesTest {
  private static final int FAST_MS = 5;

  private final ScriptedNode a = working("a", FAST_MS);
  private final ScriptedNode b = working("b", FAST_MS);
  private final ScriptedNode c = working("c", FAST_MS);

  @AfterEach
  void stop() {
    List.of(a, b, c).forEach(ScriptedNode::close);
  }

  @Test
  void a_node_with_30_percent_errors_fails_no_idempotent_call_and_gets_less_than_its_share() {
    Random random = new Random(3);
    a.answering(call ->
        random.nextInt(10) < 3
            ? Answer.problem(ProblemType.INTERNAL, "broken")
            : Answer.ok("done"));
    calls(300);
    assertThat(a.received()).hasSizeLessThan(60);
  }

  @Test
  void a_node_16_times_slower_gets_what_it_can_bear() {
    a.load = new LoadReport.Work(0, 4, 64, 16.0 * FAST_MS);
    a.answering(call -> afterWork(16 * FAST_MS));
    calls(400);
    // A third would be its share; how far below it gets is the machine's and the simulation's.
    assertThat(a.received()).hasSizeLessThan(100);
  }

  /** So many calls by 8 callers, all of which succeed. */
  private void calls(int count) {
    try (DistriClient client =
        DistriClient.builder()
            .nodes(List.of(a.address().toString(), b.address().toString(), c.address().toString()))
            .build()) {
      List<CompletableFuture<DistriResponse>> calls = new ArrayList<>();
      for (int round = 0; round < count / 8; round++) {
        IntStream.range(0, 8).forEach(i -> calls.add(client.sendAsync(encrypt())));
        calls.forEach(CompletableFuture::join);
        calls.clear();
      }
    }
  }

  private static ScriptedNode working(String id, int ms) {
    return ScriptedNode.start(id).answering(call -> afterWork(ms));
  }

  private static Answer afterWork(int ms) {
    LockSupport.parkNanos(Duration.ofMillis(ms).toNanos());
    return Answer.ok("done");
  }

  private static DistriRequest encrypt() {
    return DistriRequest.to(ServiceNames.ENCRYPT).body(new byte[100]).build();
  }
}
