package io.distri.protocol.guard;

import static io.distri.protocol.guard.Guesses.Verdict.RIGHT;
import static io.distri.protocol.guard.Guesses.Verdict.TOO_MANY;
import static io.distri.protocol.guard.Guesses.Verdict.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GuessesTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final Guesses guesses = new Guesses(now::get);

  @Test
  void beyond_its_number_nothing_of_a_source_is_looked_at_and_other_sources_go_on() {
    guessInVain("10.0.0.1");
    assertThat(guesses.judge("10.0.0.1", null)).isEqualTo(TOO_MANY);
    assertThat(guesses.judge("10.0.0.1", "token")).isEqualTo(TOO_MANY);
    assertThat(guesses.judge("10.0.0.2", null)).isEqualTo(WRONG);
    assertThat(guesses.judge("10.0.0.2", "token")).isEqualTo(RIGHT);
  }

  @Test
  void a_guess_is_forgiven_after_a_while() {
    guessInVain("10.0.0.1");
    now.addAndGet(Guesses.pause().toNanos());
    assertThat(guesses.judge("10.0.0.1", null)).isEqualTo(WRONG);
    assertThat(guesses.judge("10.0.0.1", "token")).isEqualTo(TOO_MANY);
    now.addAndGet(Guesses.pause().toNanos());
    assertThat(guesses.judge("10.0.0.1", "token")).isEqualTo(RIGHT);
  }

  @Test
  void what_was_right_at_a_source_stays_right_there_whatever_others_behind_it_guess() {
    assertThat(guesses.judge("10.0.0.1", "first")).isEqualTo(RIGHT);
    guessInVain("10.0.0.1");
    assertThat(guesses.judge("10.0.0.1", "first")).isEqualTo(RIGHT);
    assertThat(guesses.judge("10.0.0.1", "second")).isEqualTo(TOO_MANY);
  }

  @Test
  void who_has_a_whole_network_of_ipv6_is_one_source() {
    for (int i = 0; i < Guesses.AT_ONCE; i++) {
      assertThat(guesses.judge("2001:db8:1:2::" + i, null)).isEqualTo(WRONG);
    }
    assertThat(guesses.judge("2001:db8:1:2:ffff::1", null)).isEqualTo(TOO_MANY);
    assertThat(guesses.judge("2001:db8:1:3::1", null)).isEqualTo(WRONG);
    assertThat(Source.of("::ffff:10.0.0.1")).isEqualTo("10.0.0.1");
  }

  @Test
  void sources_without_number_are_forgotten_the_oldest_first() {
    guessInVain("10.0.0.1");
    for (int i = 0; i < Guesses.SOURCES - 1; i++) {
      guesses.judge("elsewhere " + i, null);
    }
    assertThat(guesses.judge("10.0.0.1", null)).isEqualTo(TOO_MANY);
    for (int i = 0; i < Guesses.SOURCES; i++) {
      guesses.judge("farther " + i, null);
    }
    assertThat(guesses.judge("10.0.0.1", null)).isEqualTo(WRONG);
  }

  private void guessInVain(String source) {
    for (int i = 0; i < Guesses.AT_ONCE; i++) {
      assertThat(guesses.judge(source, null)).isEqualTo(WRONG);
    }
  }
}
