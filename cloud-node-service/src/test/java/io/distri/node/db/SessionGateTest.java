package io.distri.node.db;

import static io.distri.node.TestNode.await;
import static io.distri.node.db.Nodes.node;
import static io.distri.node.db.Nodes.pull;
import static io.distri.node.db.Nodes.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SessionGateTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Replica a = node(1);
  private final Replica b = node(2);

  @Test
  void a_session_that_is_covered_does_not_wait() throws InterruptedException {
    assertThat(a.await(VersionVector.EMPTY, Duration.ZERO)).isTrue();
    assertThat(a.await(update(a, "{'UUID':'x'}").session(), Duration.ZERO)).isTrue();
  }

  @Test
  void a_session_that_is_not_covered_in_time_is_told_so() throws InterruptedException {
    VersionVector session = update(a, "{'UUID':'x'}").session();
    long start = System.nanoTime();

    assertThat(b.await(session, Duration.ofMillis(30))).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(30));
  }

  @Test
  void a_waiting_session_goes_on_as_soon_as_it_is_covered() throws Exception {
    VersionVector session = update(a, "{'UUID':'x'}").session();
    CompletableFuture<Boolean> covered = new CompletableFuture<>();
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              try {
                covered.complete(b.await(session, LONG));
              } catch (InterruptedException interrupted) {
                covered.completeExceptionally(interrupted);
              }
            });
    await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);
    update(b, "{'UUID':'unrelated'}");
    assertThat(covered).isNotDone();

    pull(b, a);

    assertThat(covered.get(5, TimeUnit.MINUTES)).isTrue();
  }
}
