package io.distri.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LongWaitTest {
  private final List<String> said = new ArrayList<>();
  private final AtomicLong level = new AtomicLong();

  @Test
  void it_lasts_for_as_long_as_there_is_progress_and_says_what_for() {
    LongWait wait = new LongWait(said::add, Duration.ofMinutes(5), Duration.ofMillis(1));

    assertThat(wait.until("the tenth", level::incrementAndGet, 10)).isTrue();
    assertThat(said)
        .hasSizeBetween(1, 9)
        .allMatch(line -> line.startsWith("Waiting for the tenth: "));
  }

  @Test
  void it_ends_where_there_is_none() {
    LongWait wait = new LongWait(said::add, Duration.ofMillis(100), Duration.ofMinutes(5));

    assertThat(wait.until("nothing", level::get, 1)).isFalse();
    assertThat(said).isEmpty();
  }
}
