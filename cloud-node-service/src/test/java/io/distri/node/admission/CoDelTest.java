package io.distri.node.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CoDelTest {
  private static final long MS = Duration.ofMillis(1).toNanos();

  private final CoDel codel = new CoDel();

  @Test
  void a_burst_that_drains_within_the_interval_is_left_alone() {
    assertThat(shed(0, 99, 50)).isZero();
    assertThat(codel.sheds(MS, 99 * MS)).isFalse();
    assertThat(shed(100, 198, 50)).isZero();
  }

  @Test
  void a_queue_that_stands_for_an_interval_sheds_faster_and_faster() {
    shed(0, 99, 50);
    int first = shed(100, 599, 50);
    int second = shed(600, 1099, 50);
    int third = shed(1100, 1599, 50);
    assertThat(first).isPositive();
    assertThat(second).isGreaterThan(first);
    assertThat(third).isGreaterThan(second);
  }

  @Test
  void one_short_wait_ends_the_shedding() {
    assertThat(shed(0, 400, 50)).isPositive();
    assertThat(codel.sheds(MS, 401 * MS)).isFalse();
    assertThat(shed(402, 500, 50)).isZero();
  }

  @Test
  void a_queue_that_stands_again_soon_is_shed_as_fast_as_before() {
    shed(0, 2000, 50);
    codel.sheds(MS, 2001 * MS);
    int again = shed(2002, 2601, 50);
    CoDel fresh = new CoDel();
    int anew = 0;
    for (long ms = 2002; ms <= 2601; ms++) {
      anew += fresh.sheds(50 * MS, ms * MS) ? 1 : 0;
    }
    assertThat(again).isGreaterThan(anew);
  }

  /** A call each millisecond, each of which waited so long; returns how many were shed. */
  private int shed(long fromMs, long toMs, long waitedMs) {
    int shed = 0;
    for (long ms = fromMs; ms <= toMs; ms++) {
      shed += codel.sheds(waitedMs * MS, ms * MS) ? 1 : 0;
    }
    return shed;
  }
}
