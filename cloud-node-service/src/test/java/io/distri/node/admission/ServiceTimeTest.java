package io.distri.node.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceTimeTest {
  private long now;
  private final ServiceTime time = new ServiceTime(3, () -> now);

  @Test
  void it_follows_what_calls_take() {
    took(50, 200);
    assertThat(time.meanMs()).isCloseTo(50, within(1.0));
    took(2, 300);
    assertThat(time.meanMs()).isCloseTo(2, within(0.1));
  }

  @Test
  void a_wrong_guess_is_forgotten_after_some_calls() {
    took(30, 20);
    assertThat(time.meanMs()).isCloseTo(30, within(3.0));
  }

  @Test
  void a_node_that_becomes_sixteen_times_slower_shows_it_within_fifty_calls() {
    took(10, 100);
    took(160, 50);
    assertThat(time.meanMs()).isGreaterThan(100);
  }

  @Test
  void work_that_varies_leaves_the_mean_within_half() {
    Random random = new Random(1);
    took(10, 100);
    for (int i = 0; i < 1000; i++) {
      now += Duration.ofMillis(1).toNanos();
      time.took(Duration.ofNanos((long) (-Math.log(1 - random.nextDouble()) * 10e6)));
      assertThat(time.meanMs()).isCloseTo(10, within(5.0));
    }
  }

  @Test
  void one_call_that_a_pause_caught_says_little() {
    took(10, 100);
    took(8000, 1);
    assertThat(time.meanMs()).isLessThan(14);
  }

  @Test
  void an_idle_node_is_taken_to_be_faster_and_faster_until_it_is_tried() {
    took(48, 200);
    pass(Duration.ofMinutes(2));
    assertThat(time.meanMs()).isLessThan(4);
  }

  @Test
  void the_call_that_tries_an_idle_node_shows_that_it_is_as_slow_as_before() {
    took(48, 200);
    pass(Duration.ofMinutes(2));
    took(48, 1);
    assertThat(time.meanMs()).isCloseTo(48, within(1.0));
  }

  @Test
  void the_call_that_tries_an_idle_node_shows_that_it_has_recovered() {
    took(48, 200);
    pass(Duration.ofMinutes(2));
    took(3, 1);
    assertThat(time.meanMs()).isLessThan(7);
  }

  private void took(long ms, int times) {
    for (int i = 0; i < times; i++) {
      now += Duration.ofMillis(1).toNanos();
      time.took(Duration.ofMillis(ms));
    }
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
