package io.distri.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

  private final AtomicInteger ended = new AtomicInteger();

  @Test
  void each_client_does_its_tasks() {
    ClosedLoop loop = new ClosedLoop(10);
    Tally tally = loop.tally();
    StallingWorkload workload = StallingWorkload.once(Duration.ofMillis(1));
    loop.run(7, workload, new Caller(tally, loop.patience()), ended::incrementAndGet);

    assertThat(tally.counts()).isEqualTo(new Counts(70, 0, 0, 0));
    assertThat(ended.get()).isEqualTo(70);
  }

  @Test
  void what_is_left_is_given_up_and_counted_once_no_call_ends_well() {
    ClosedLoop loop = new ClosedLoop(2000);
    Tally tally = loop.tally();
    StallingWorkload workload = StallingWorkload.broken();
    loop.run(3, workload, new Caller(tally, Duration.ofMillis(100)), ended::incrementAndGet);

    assertThat(tally.counts()).isEqualTo(new Counts(6000, 6000, 0, 0));
    assertThat(tally.reasons()).containsKey("not made, because none ended well any more");
    assertThat(workload.rounds()).as("of 1 ms each").isLessThan(6000);
    assertThat(ended.get()).isEqualTo(6000);
  }
}
