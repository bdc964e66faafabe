package io.distri.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RestTest {

  @Test
  void a_test_begins_when_no_processor_time_is_spent_any_more() {
    Iterator<Double> spent = List.of(0.0, 90.0, 170.0, 171.0).iterator();

    new Rest(Duration.ofMillis(50), Duration.ofMinutes(1)).await(spent::next);

    assertThat(spent).isExhausted();
  }

  @Test
  void nodes_that_never_rest_are_taken_as_they_are() {
    AtomicInteger looks = new AtomicInteger();

    new Rest(Duration.ofMillis(1), Duration.ofMillis(20)).await(() -> looks.incrementAndGet() * 9);

    assertThat(looks).hasValueGreaterThan(2);
  }
}
