package io.distri.cli.loadtest.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndLabelsTest {

  @Test
  void labels_with_room_stay_where_they_are() {
    assertThat(EndLabels.spread(new double[] {90, 10, 50}, 12, 0, 100)).containsExactly(90, 10, 50);
  }

  @Test
  void labels_over_each_other_move_apart_in_their_order() {
    assertThat(EndLabels.spread(new double[] {50, 49, 51}, 12, 0, 100)).containsExactly(61, 49, 73);
  }

  @Test
  void labels_at_the_end_move_back() {
    assertThat(EndLabels.spread(new double[] {100, 100, 99}, 12, 0, 100))
        .containsExactly(88, 100, 76);
  }
}
