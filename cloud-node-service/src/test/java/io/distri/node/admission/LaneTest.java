package io.distri.node.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LaneTest {

  private final Lane lane = new Lane(2, 3);

  @Test
  void a_wrong_guess_is_forgotten_after_some_calls() {
    take(20, 30);

    assertThat(serviceMs()).isCloseTo(30, Percentage.withPercentage(10));
  }

  @Test
  void a_call_that_met_a_pause_does_not_make_the_node_look_slow() {
    take(100, 10);
    take(1, 8000);

    assertThat(serviceMs()).isLessThan(14);
  }

  @Test
  void a_node_that_becomes_sixteen_times_slower_shows_it_within_fifty_calls() {
    take(100, 10);
    take(50, 160);

    assertThat(serviceMs()).isGreaterThan(100);
  }

  @Test
  void work_that_varies_leaves_the_mean_within_half() {
    Random random = new Random(1);
    take(100, 10);
    for (int i = 0; i < 1000; i++) {
      lane.took(Duration.ofNanos((long) (-StrictMath.log(1 - random.nextDouble()) * 10e6)));
      assertThat(serviceMs()).isCloseTo(10, Percentage.withPercentage(50));
    }
  }

  private void take(int calls, long ms) {
    for (int i = 0; i < calls; i++) {
      lane.took(Duration.ofMillis(ms));
    }
  }

  private double serviceMs() {
    return lane.report().serviceMs();
  }
}
