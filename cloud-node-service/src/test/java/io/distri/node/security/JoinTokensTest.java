package io.distri.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String ISSUER = "ab".repeat(32);

  @TempDir Path directory;

  @Test
  void a_token_is_for_the_first_newcomer_that_proves_it_over_a_restart_too() {
    JoinToken token = JoinToken.parse(tokens(NOW).create());
    assertThat(token.issuer()).isEqualTo(ISSUER);
    assertThat(tokens(NOW).secret(token.id(), "carol")).isPresent();
    assertThat(tokens(NOW).use(token.id(), "alice")).isTrue();
    assertThat(tokens(NOW).use(token.id(), "bob")).isFalse();
    assertThat(tokens(NOW).secret(token.id(), "bob")).isEmpty();
    assertThat(tokens(NOW).use(token.id(), "alice")).isTrue();
  }

  @Test
  void a_token_ends_after_a_quarter_of_an_hour() {
    JoinToken token = JoinToken.parse(tokens(NOW).create());
    Instant end = NOW.plus(JoinTokens.GOOD_FOR);
    assertThat(tokens(end.minusMillis(1)).secret(token.id(), "alice")).isPresent();
    assertThat(tokens(end).secret(token.id(), "alice")).isEmpty();
    assertThat(tokens(end).use(token.id(), "alice")).isFalse();
  }

  @Test
  void its_text_proves_what_its_issuer_asks_for_and_its_name_shows_no_secret() {
    String text = tokens(NOW).create();
    JoinToken token = JoinToken.parse(text + "\n");
    JoinSecret.Meeting meeting =
        new JoinSecret.Meeting("new", ISSUER, new byte[] {1}, new byte[] {2});
    byte[] proof = token.secret().prove(JoinSecret.Side.NEWCOMER, meeting);
    JoinSecret kept = tokens(NOW).secret(token.id(), "new").orElseThrow();
    assertThat(kept.proves(proof, JoinSecret.Side.NEWCOMER, meeting)).isTrue();
    assertThat(token.toString()).doesNotContain(text.substring(text.length() - 43));
  }

  private JoinTokens tokens(Instant now) {
    return new JoinTokens(
        ISSUER, directory.resolve("join-tokens.json"), Clock.fixed(now, ZoneOffset.UTC));
  }
}
