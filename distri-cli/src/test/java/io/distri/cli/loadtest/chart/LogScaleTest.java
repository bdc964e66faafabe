package io.distri.cli.loadtest.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LogScaleTest {

  @Test
  void equal_factors_are_equal_distances() {
    LogScale scale = new LogScale(0.01, 100, false);

    assertThat(scale.at(0.01)).isZero();
    assertThat(scale.at(1)).isCloseTo(0.5, within(1e-9));
    assertThat(scale.at(100)).isEqualTo(1);
    assertThat(scale.ticks()).containsExactly(0.01, 0.1, 1.0, 10.0, 100.0);
  }

  @Test
  void zero_has_a_place_below_all_others_where_it_is_asked_for() {
    LogScale failures = LogScale.overDecades(DoubleStream.of(0, 3, 24_566), true);

    assertThat(failures.at(0)).isZero();
    assertThat(failures.at(1)).isGreaterThan(0.1);
    assertThat(failures.at(100_000)).isEqualTo(1);
    assertThat(failures.ticks()).startsWith(0.0, 1.0, 10.0).endsWith(100_000.0);
    assertThat(LogScale.overDecades(DoubleStream.of(0, 3), false).has(0)).isFalse();
  }

  @Test
  void nothing_but_zeros_is_drawn_too() {
    LogScale scale = LogScale.overDecades(DoubleStream.of(0, 0), true);

    assertThat(scale.ticks()).contains(0.0, 1.0);
    assertThat(LogScale.over(DoubleStream.of(5)).has(5)).isTrue();
  }

  @Test
  void few_powers_of_ten_get_ticks_between_them() {
    assertThat(LogScale.over(DoubleStream.of(5, 2500)).ticks())
        .containsExactly(5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0);
  }
}
