package io.distri.node.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.dashboard.Sample.Rate;
import io.distri.node.dashboard.Totals.Total;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TotalsTest {

  @Test
  void a_sample_tells_what_was_done_since_the_one_before() {
    Totals before = new Totals(Map.of("db", new Total(100, 1000)), 5);
    Totals now = new Totals(Map.of("db", new Total(120, 1300)), 9);

    assertThat(now.since(before, 2, 7, 42))
        .isEqualTo(new Sample(42, Map.of("db", new Rate(10, 15)), 7, 2));
  }

  @Test
  void a_class_of_work_that_was_called_for_the_first_time_began_at_nothing() {
    Totals now = new Totals(Map.of("user", new Total(4, 8)), 0);

    assertThat(now.since(new Totals(Map.of(), 0), 2, 0, 1).work())
        .isEqualTo(Map.of("user", new Rate(2, 2)));
  }

  @Test
  void without_calls_there_is_no_time_of_calls() {
    Totals idle = new Totals(Map.of("db", new Total(100, 1000)), 0);

    assertThat(idle.since(idle, 2, 0, 1).work()).isEqualTo(Map.of("db", new Rate(0, 0)));
  }
}
