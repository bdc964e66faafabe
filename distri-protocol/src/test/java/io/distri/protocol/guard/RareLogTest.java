package io.distri.protocol.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RareLogTest {

  @Test
  void a_subject_has_one_line_a_period() {
    RareLog log = RareLog.everyMinute();
    assertThat(log.mayLog("10.0.0.1 no-token")).isTrue();
    assertThat(log.mayLog("10.0.0.1 no-token")).isFalse();
    assertThat(log.mayLog("10.0.0.1 slow")).isTrue();
    assertThat(log.mayLog("10.0.0.2 no-token")).isTrue();
  }

  @Test
  void subjects_without_number_have_a_bounded_number_of_lines() {
    RareLog log = RareLog.everyMinute();
    int lines = 0;
    for (int subject = 0; subject < 10_000; subject++) {
      lines += log.mayLog("subject " + subject) ? 1 : 0;
    }
    assertThat(lines).isEqualTo(RareLog.MOST);
  }

  @Test
  void the_next_period_has_lines_of_its_own() {
    RareLog log = new RareLog(Duration.ZERO);
    for (int line = 0; line < 2 * RareLog.MOST; line++) {
      assertThat(log.mayLog("the same")).isTrue();
    }
  }
}
