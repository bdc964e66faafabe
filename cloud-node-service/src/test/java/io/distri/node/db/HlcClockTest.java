package io.distri.node.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HlcClockTest {
  private long now = 1_700_000_000_000L;
  private final HlcClock clock = new HlcClock(() -> now);

  @Test
  void follows_the_physical_clock() {
    long first = tick();
    now += 10;
    long second = tick();

    assertThat(Hlc.epochMillis(first)).isEqualTo(now - 10);
    assertThat(Hlc.epochMillis(second)).isEqualTo(now);
  }

  @Test
  void grows_within_a_millisecond_and_while_the_physical_clock_goes_back() {
    long first = tick();
    long second = tick();
    now -= 300;
    long third = tick();

    assertThat(second).isEqualTo(first + 1);
    assertThat(third).isEqualTo(second + 1);
  }

  @Test
  void a_full_counter_rolls_over_into_the_milliseconds() {
    long last = tick();
    for (int i = 0; i < 1 << 16; i++) {
      last = tick();
    }

    assertThat(Hlc.epochMillis(last)).isEqualTo(now + 1);
  }

  @Test
  void a_timestamp_is_above_what_was_observed() {
    long remote = Hlc.of(now + 500) + 7;

    assertThat(clock.observe(remote)).isEqualTo(new HlcClock.Stamp(remote));
    assertThat(tick()).isEqualTo(remote + 1);
  }

  @Test
  void an_old_timestamp_changes_nothing() {
    long last = tick();
    clock.observe(Hlc.of(now - 10_000));

    assertThat(tick()).isEqualTo(last + 1);
  }

  @Test
  void a_remote_clock_over_500_ms_ahead_is_not_followed() {
    long before = tick();

    assertThat(clock.observe(Hlc.of(now + 501)))
        .isEqualTo(new HlcClock.Ahead(Duration.ofMillis(501)));
    assertThat(tick()).isEqualTo(before + 1);
  }

  @Test
  void no_write_is_stamped_while_over_500_ms_ahead_of_the_physical_clock() {
    tick();
    now -= 501;

    assertThat(clock.tick()).isEqualTo(new HlcClock.Ahead(Duration.ofMillis(501)));
    now += 1;
    assertThat(clock.tick()).isInstanceOf(HlcClock.Stamp.class);
  }

  private long tick() {
    HlcClock.Stamp stamp = (HlcClock.Stamp) clock.tick();
    assertThat(stamp.hlc()).isEqualTo(clock.last());
    return stamp.hlc();
  }
}
