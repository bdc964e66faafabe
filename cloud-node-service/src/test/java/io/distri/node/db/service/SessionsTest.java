package io.distri.node.db.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.distri.node.db.Document;
import io.distri.node.db.HlcClock;
import io.distri.node.db.Journal;
import io.distri.node.db.Push;
import io.distri.node.db.Replica;
import io.distri.node.db.VersionVector;
import io.distri.node.db.Written;
import io.distri.node.problem.ProblemException;
import io.distri.node.service.Deadline;
import io.distri.node.service.ServiceRequest;
import io.distri.node.settings.NodeProperties.Db;
import io.distri.node.settings.NodeProperties.WriteAck;
import io.distri.protocol.Headers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** A node whose disk is slower than those of the others. */
class SessionsTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int CALLS = 100;
  private static final int WAITING = 64;

  private final Replica fast = replica(1);
  private final Replica slow = replica(2);
  private final Map<Integer, Sessions> sessions = new HashMap<>();
  private final VersionVector written =
      ((Written)
              fast.add(
                  "users",
                  Document.parse("{\"UUID\":\"a\"}".getBytes(StandardCharsets.UTF_8)),
                  null))
          .session();

  @Test
  void a_call_waits_for_a_write_that_the_disk_still_takes_in() throws Exception {
    CompletableFuture<VersionVector> call = begin(3, LONG);
    await().pollDelay(Duration.ofMillis(300)).until(() -> true);
    assertThat(call).isNotDone();
    slow.apply((Push) fast.recentWrites(0, 100, 1 << 20));
    assertThat(call.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(written);
  }

  @Test
  void a_node_that_most_others_do_not_answer_sends_the_caller_away_at_once() {
    assertBehind(begin(1, LONG));
  }

  @Test
  void sessions_that_are_made_up_do_not_hold_all_calls() {
    List<CompletableFuture<VersionVector>> calls =
        IntStream.range(0, CALLS).mapToObj(call -> begin(3, LONG)).toList();
    await()
        .atMost(LONG)
        .until(() -> calls.stream().filter(CompletableFuture::isDone).count() == CALLS - WAITING);
    slow.apply((Push) fast.recentWrites(0, 100, 1 << 20));
    await().atMost(LONG).until(() -> calls.stream().allMatch(CompletableFuture::isDone));
    assertThat(calls.stream().filter(call -> !call.isCompletedExceptionally()).count())
        .isEqualTo(WAITING);
  }

  private static void assertBehind(CompletableFuture<VersionVector> call) {
    assertThatThrownBy(() -> call.get(LONG.toSeconds(), TimeUnit.SECONDS))
        .hasCauseInstanceOf(ProblemException.class)
        .hasMessageContaining("does not hold yet what the session has seen");
  }

  /** Begins a read at the slow node, of whose three nodes so many answer. */
  private CompletableFuture<VersionVector> begin(int answering, Duration deadline) {
    Db settings = new Db(DataSize.ofBytes(1), null, WriteAck.MAJORITY, LONG, LONG, List.of(), 1);
    Sessions sessions =
        this.sessions.computeIfAbsent(
            answering,
            count ->
                new Sessions(
                    slow, new Answering(count), settings, new SimpleMeterRegistry().timer("acks")));
    CompletableFuture<VersionVector> call = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        call.complete(sessions.begin(new Read(written.toToken(), Deadline.in(deadline))));
      } catch (ProblemException | InterruptedException e) {
        call.completeExceptionally(e);
      }
    });
    return call;
  }

  private static Replica replica(long actor) {
    return new Replica(
        actor, new HlcClock(System::currentTimeMillis), () -> "b", List.of("users"), Journal.NONE);
  }

  private record Answering(int nodes) implements WriteAcks {
    @Override
    public void send() {}

    @Override
    public Acked inReach() {
      return new Acked(nodes, 2, 3);
    }

    @Override
    public Acked await(VersionVector writes, Duration patience) {
      return inReach();
    }

    @Override
    public VersionVector told() {
      return VersionVector.EMPTY;
    }
  }

  private record Read(String session, Deadline deadline) implements ServiceRequest {
    @Override
    public List<String> params() {
      return List.of("users");
    }

    @Override
    public Optional<String> option(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> header(String name) {
      return name.equals(Headers.SESSION) ? Optional.of(session) : Optional.empty();
    }

    @Override
    public String preferred(String usual, String... others) {
      return usual;
    }

    @Override
    public byte[] bytes() {
      return new byte[0];
    }

    @Override
    public String caller() {
      return "127.0.0.1";
    }

    @Override
    public boolean isAbandoned() {
      return false;
    }
  }
}
