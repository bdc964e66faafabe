package io.distri.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

  private static final OpenLoop LOOP = new OpenLoop(200, Duration.ofSeconds(1));
  private static final Duration STALL = Duration.ofMillis(600);

  private final Tally tally = LOOP.tally();
  private final StallingWorkload workload = StallingWorkload.once(STALL);

  @Test
  void a_stall_is_in_the_times_of_all_calls_that_it_held_up() {
    run(1, LOOP.patience());

    assertThat(tally.counts().failed()).isZero();
    assertThat(tally.counts().late()).as("due during the stall").isBetween(80L, 200L);
    assertThat(tally.latency().p50()).isGreaterThan(Duration.ofMillis(10));
    assertThat(tally.latency().p99()).isGreaterThan(Duration.ofMillis(500));
  }

  @Test
  void other_clients_go_on_meanwhile() {
    run(2, LOOP.patience());

    assertThat(tally.counts().failed()).isZero();
    assertThat(tally.latency().p50()).isLessThan(STALL.dividedBy(3));
  }

  @Test
  void a_call_for_which_no_client_is_free_in_time_fails() {
    run(1, Duration.ofMillis(100));

    Counts counts = tally.counts();
    assertThat(counts.calls()).as("none is left out").isEqualTo(LOOP.rounds(1, 1));
    assertThat(counts.notStarted()).isBetween(60L, 199L).isEqualTo(counts.failed());
    assertThat(tally.latency().p99()).isGreaterThan(Duration.ofSeconds(29));
  }

  @Test
  void a_task_of_four_calls_is_due_a_quarter_as_often() {
    assertThat(LOOP.rounds(1, 4)).isBetween(25L, 80L);
  }

  private void run(int clients, Duration patience) {
    AtomicInteger ended = new AtomicInteger();
    LOOP.run(clients, workload, new Caller(tally, patience), ended::incrementAndGet);
    assertThat(ended.get()).isEqualTo((int) LOOP.rounds(clients, 1)).isEqualTo(workload.rounds());
  }
}
