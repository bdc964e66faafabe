package io.distri.client;

import static io.distri.client.ScriptedNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.client.ScriptedNode.Answer;
import io.distri.client.ScriptedNode.Received;
import io.distri.protocol.Headers;
import io.distri.protocol.LoadReport;
import io.distri.protocol.ProblemType;
import io.distri.protocol.ServiceNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes over the wire, who waits for whom, and when it ends, with nodes that are well. */
class CallPathTest extends TwoScriptedNodes {

  @Test
  void a_request_arrives_with_everything_that_was_said_of_it() {
    try (DistriClient client = clientOfA().token("s3cret").build()) {
      DistriResponse response =
          client.send(
              DistriRequest.to("ReadCollection")
                  .params("my catalog", "a&b=ü")
                  .body(new byte[] {1, 2})
                  .limit(10)
                  .cursor("c/1")
                  .versions()
                  .conflicts()
                  .accept("application/json")
                  .deadline(Duration.ofSeconds(7))
                  .build());

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).containsExactly(1, 2);
      assertThat(response.nodeId()).contains("a");
      assertThat(response.nodeAddress()).isEqualTo(a.address());
      assertThat(response.attempts()).isEqualTo(1);
      assertThat(response.header("distri-node")).contains("a");
    }
    Received call = a.received().get(0);
    assertThat(call.query())
        .isEqualTo(
            "param=my%20catalog&param=a%26b%3D%C3%BC&limit=10&cursor=c%2F1"
                + "&versions=true&conflicts=true");
    assertThat(call.header("Accept")).isEqualTo("application/json");
    assertThat(call.header("Authorization")).isEqualTo("Bearer s3cret");
    assertThat(Long.parseLong(call.header(Headers.DEADLINE_MS))).isBetween(1L, 7000L);
    assertThat(call.header(Headers.IDEMPOTENCY_KEY)).isEmpty();
  }

  @Test
  void no_token_is_sent_where_there_is_none() {
    try (DistriClient client = clientOfA().build()) {
      client.sendData(new byte[0], ServiceNames.ENCRYPT);
    }
    assertThat(a.received().get(0).header("Authorization")).isEmpty();
  }

  @Test
  void a_token_that_is_refused_shows_in_no_message() {
    a.answering(call -> Answer.problem(ProblemType.FORBIDDEN, "wrong token"));
    try (DistriClient client = clientOfA().token("s3cret").build()) {
      assertThatThrownBy(() -> client.sendData(new byte[0], ServiceNames.ENCRYPT))
          .isInstanceOf(RejectedException.class)
          .hasMessageContaining("403 wrong token")
          .message()
          .doesNotContain("s3cret");
    }
  }

  @Test
  void the_node_with_more_work_ahead_gets_fewer_calls() throws Exception {
    a.load = new LoadReport.Work(0, 1, 64, 40);
    b.load = new LoadReport.Work(0, 1, 64, 10);
    try (DistriClient client = clientOfBoth().maxInFlight(10).build()) {
      client.askStats();
      CompletableFuture<?>[] calls =
          IntStream.range(0, 400)
              .mapToObj(i -> client.sendDataAsync(new byte[1], ServiceNames.ENCRYPT))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(calls).get();
    }
    assertThat(encrypted(a)).isBetween(1, 160);
  }

  private static int encrypted(ScriptedNode node) {
    return (int)
        node.received().stream()
            .filter(call -> call.service().equals(ServiceNames.ENCRYPT))
            .count();
  }

  @Test
  void callers_beyond_the_limit_wait_in_line_and_none_starves() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    a.answering(call -> {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      try {
        return Answer.ok("done");
      } finally {
        inside.decrementAndGet();
      }
    });
    int callers = 40;
    int callsEach = 25;
    AtomicInteger running = new AtomicInteger(callers);
    List<Integer> leftWhenFirstEnded = new ArrayList<>();
    int[] done = new int[callers];
    try (DistriClient client = clientOfA().maxInFlight(4).build()) {
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> threads = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        int self = caller;
        Thread thread =
            new Thread(() -> {
              awaitQuietly(start);
              for (int i = 0; i < callsEach; i++) {
                client.sendData(new byte[1], ServiceNames.ENCRYPT);
                synchronized (done) {
                  done[self]++;
                }
              }
              synchronized (done) {
                if (running.getAndDecrement() == callers) {
                  IntStream.of(done).forEach(leftWhenFirstEnded::add);
                }
              }
            });
        threads.add(thread);
        thread.start();
      }
      start.countDown();
      for (Thread thread : threads) {
        thread.join(300_000);
      }
    }
    assertThat(running).hasValue(0);
    assertThat(most.get()).isLessThanOrEqualTo(4);
    // First come, first served: when one has made all its calls, nobody is far behind. How far is
    // the
    // scheduler's as well, which may let a thread begin late.
    assertThat(leftWhenFirstEnded).hasSize(callers).allMatch(calls -> calls >= callsEach / 2);
  }

  @Test
  void the_deadline_counts_the_time_in_line() throws Exception {
    Semaphore held = new Semaphore(0);
    a.answering(call -> {
      held.acquire();
      return Answer.ok("late");
    });
    try (DistriClient client = clientOfA().maxInFlight(1).build()) {
      CompletableFuture<byte[]> first = client.sendDataAsync(new byte[1], ServiceNames.ENCRYPT);
      await().until(() -> a.received().size() == 1);

      assertThatThrownBy(() ->
              client.send(
                  DistriRequest.to(ServiceNames.ENCRYPT).deadline(Duration.ofSeconds(1)).build()))
          .isInstanceOf(DeadlinePassedException.class)
          .hasMessageContaining("in line behind 1 calls");
      held.release();
      assertThat(first.get()).asString(StandardCharsets.UTF_8).isEqualTo("late");
    }
    assertThat(a.received()).hasSize(1);
  }

  @Test
  void encrypt_in_line_does_not_hold_up_the_db() throws Exception {
    Semaphore held = new Semaphore(0);
    a.load = new LoadReport.Work(0, 1, 1, 5);
    a.answering(call -> {
      if (call.service().equals(ServiceNames.ENCRYPT)) {
        held.acquire();
      }
      return Answer.ok("[]");
    });
    try (DistriClient client = clientOfA().build()) {
      // The report that limits Encrypt to two at a time comes with this answer.
      client.sendDataWithParams(new byte[0], ServiceNames.READ_COLLECTION, "catalog");
      List<CompletableFuture<byte[]>> encrypting =
          IntStream.range(0, 20)
              .mapToObj(i -> client.sendDataAsync(new byte[1], ServiceNames.ENCRYPT))
              .toList();
      await().until(() -> encrypted(a) == 2);

      client.sendDataWithParams(new byte[0], ServiceNames.READ_COLLECTION, "catalog");

      assertThat(encrypted(a)).isEqualTo(2);
      held.release(20);
      for (CompletableFuture<byte[]> call : encrypting) {
        assertThat(call.get()).isNotEmpty();
      }
    }
  }

  @Test
  void asynchronous_calls_fail_with_the_same_exceptions() {
    a.answering(call -> Answer.problem(ProblemType.NOT_AN_IMAGE, "text"));
    try (DistriClient client = clientOfA().build()) {
      assertThatThrownBy(client.sendDataAsync(new byte[1], ServiceNames.ENCRYPT)::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(RejectedException.class);
    }
  }

  @Test
  void asynchronous_calls_run_where_the_application_wants_them() {
    AtomicInteger ran = new AtomicInteger();
    try (DistriClient client =
        clientOfA()
            .executor(task -> {
              ran.incrementAndGet();
              task.run();
            })
            .build()) {
      client.sendDataAsync(new byte[1], ServiceNames.ENCRYPT).join();
    }
    assertThat(ran).hasValue(1);
  }

  @Test
  void an_interrupted_caller_leaves_the_line_and_keeps_its_flag() throws Exception {
    Semaphore held = new Semaphore(0);
    a.answering(call -> {
      held.acquire();
      return Answer.ok("late");
    });
    AtomicInteger flagged = new AtomicInteger();
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    try (DistriClient client = clientOfA().maxInFlight(1).build()) {
      client.sendDataAsync(new byte[1], ServiceNames.ENCRYPT);
      await().until(() -> a.received().size() == 1);
      Thread caller =
          new Thread(() -> {
            try {
              client.sendData(new byte[1], ServiceNames.ENCRYPT);
            } catch (DistriException interrupted) {
              flagged.set(Thread.currentThread().isInterrupted() ? 1 : 2);
              failure.complete(interrupted);
            }
          });
      caller.start();
      caller.interrupt();

      assertThat(failure.get()).isInstanceOf(CallInterruptedException.class);
      assertThat(flagged).hasValue(1);
      held.release();
    }
  }

  @Test
  void a_closed_client_refuses_calls_and_ends_those_that_wait() throws Exception {
    Semaphore never = new Semaphore(0);
    a.answering(call -> {
      never.acquire();
      return null;
    });
    DistriClient client = clientOfA().maxInFlight(1).build();
    List<CompletableFuture<byte[]>> calls =
        IntStream.range(0, 5)
            .mapToObj(i -> client.sendDataAsync(new byte[1], ServiceNames.ENCRYPT))
            .toList();
    await().until(() -> a.received().size() == 1);
    client.close();
    client.close();

    assertThat(calls)
        .allSatisfy(call ->
            assertThat(call)
                .failsWithin(Duration.ofMinutes(5))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfAny(IllegalStateException.class, DistriException.class));
    assertThatThrownBy(() -> client.sendData(new byte[1], ServiceNames.ENCRYPT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the client is closed");
  }

  @Test
  void the_listener_hears_how_each_call_went() {
    List<CallListener.CallReport> reports = new ArrayList<>();
    try (DistriClient client = clientOfA().listener(reports::add).build()) {
      client.sendData(new byte[1], ServiceNames.ENCRYPT);
      a.answering(call -> Answer.problem(ProblemType.NOT_AN_IMAGE, "text"));
      assertThatThrownBy(() -> client.sendData(new byte[1], ServiceNames.ENCRYPT))
          .isInstanceOf(RejectedException.class);
    }
    assertThat(reports)
        .extracting(CallListener.CallReport::outcome)
        .containsExactly(CallListener.Outcome.DONE, CallListener.Outcome.REJECTED);
    assertThat(reports)
        .allSatisfy(report -> {
          assertThat(report.node()).isEqualTo(a.address());
          assertThat(report.attempts()).isEqualTo(1);
          assertThat(report.elected()).isEqualTo("ONLY_CANDIDATE");
        });
  }

  @Test
  void many_callers_on_virtual_or_other_threads_all_get_their_own_answer() throws Exception {
    try (DistriClient client = clientOfBoth().build()) {
      var threads = Executors.newFixedThreadPool(32);
      try {
        List<CompletableFuture<Void>> calls =
            IntStream.range(0, 500)
                .mapToObj(i ->
                    CompletableFuture.runAsync(
                        () -> {
                          byte[] own = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
                          assertThat(client.sendData(own, ServiceNames.ENCRYPT)).isEqualTo(own);
                        },
                        threads))
                .toList();
        for (CompletableFuture<Void> call : calls) {
          call.get();
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
