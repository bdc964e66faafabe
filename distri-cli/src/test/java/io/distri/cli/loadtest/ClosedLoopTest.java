package io.distri.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

  @Test
  void a_tally_tells_mean_and_percentiles_of_what_ended_well() {
    Tally tally = new Tally();
    IntStream.rangeClosed(1, 1000).forEach(ms -> tally.done(Duration.ofMillis(ms)));
    tally.failed("refused");
    tally.failed("refused");
    tally.failed("late");

    assertThat(tally.done()).isEqualTo(1000);
    assertThat(tally.failed()).isEqualTo(3);
    assertThat(tally.reasons()).containsEntry("refused", 2L).containsEntry("late", 1L);
    assertThat(tally.mean()).isBetween(Duration.ofMillis(499), Duration.ofMillis(502));
    assertThat(tally.percentile(50)).isBetween(Duration.ofMillis(499), Duration.ofMillis(501));
    assertThat(tally.percentile(99.9)).isBetween(Duration.ofMillis(998), Duration.ofMillis(1001));
  }

  @Test
  void a_tally_without_calls_has_no_time() {
    assertThat(new Tally().mean()).isZero();
    assertThat(new Tally().percentile(99)).isZero();
  }
}
