package io.distri.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

  @Test
  void they_come_at_the_rate_with_exponential_gaps() {
    List<Long> moments = all(new Arrivals(1000, Duration.ofSeconds(100), 7));

    assertThat(moments).isSorted().hasSizeBetween(99_000, 101_000);
    assertThat(moments.get(moments.size() - 1)).isLessThan(Duration.ofSeconds(100).toNanos());
    long longerThanTheMean = 0;
    for (int i = 1; i < moments.size(); i++) {
      longerThanTheMean += moments.get(i) - moments.get(i - 1) > 1_000_000 ? 1 : 0;
    }
    assertThat((double) longerThanTheMean / moments.size()).isCloseTo(1 / Math.E, within(0.01));
  }

  @Test
  void the_same_seed_gives_the_same_moments() {
    Duration second = Duration.ofSeconds(1);

    assertThat(all(new Arrivals(50, second, 3)))
        .isEqualTo(all(new Arrivals(50, second, 3)))
        .isNotEqualTo(all(new Arrivals(50, second, 4)));
  }

  @Test
  void the_count_takes_none_of_them() {
    Arrivals arrivals = new Arrivals(50, Duration.ofSeconds(1), 3);
    long count = arrivals.count();

    assertThat(all(arrivals)).hasSize((int) count);
    assertThat(arrivals.count()).isEqualTo(count);
  }

  private static List<Long> all(Arrivals arrivals) {
    List<Long> moments = new ArrayList<>();
    OptionalLong next = arrivals.next();
    while (next.isPresent()) {
      moments.add(next.getAsLong());
      next = arrivals.next();
    }
    return moments;
  }
}
