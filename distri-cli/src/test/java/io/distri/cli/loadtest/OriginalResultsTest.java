package io.distri.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OriginalResultsTest {

  @Test
  void a_row_is_read_whatever_its_units() {
    assertThat(OriginalResult.parse("1,5,0,52.85ms,0.0529757"))
        .isEqualTo(
            new OriginalResult(
                new Cell(1, 5),
                0,
                Duration.ofNanos(52_850_000),
                Duration.ofNanos(52_975_700),
                OptionalLong.empty()));
    assertThat(OriginalResult.parse("2,1000,453,612.31s,19.97,663"))
        .isEqualTo(
            new OriginalResult(
                new Cell(2, 1000),
                453,
                Duration.ofMillis(612_310),
                Duration.ofMillis(19_970),
                OptionalLong.of(663)));
    assertThat(OriginalResult.parse("6,2500,24296,0s,5.1").completion()).isZero();
  }

  @Test
  void all_that_the_original_published_is_at_hand() {
    OriginalResults encrypt = OriginalResults.of(Kind.ENCRYPT);
    OriginalResults db = OriginalResults.of(Kind.DB);

    assertThat(encrypt.all()).hasSize(63);
    assertThat(db.all()).hasSize(27).allMatch(result -> result.saved().isPresent());
    assertThat(encrypt.failed(6, 2500)).hasValue(24_296);
    assertThat(db.failed(3, 2500)).hasValue(5220);
    assertThat(encrypt.failed(8, 5)).isEqualTo(OptionalLong.empty());
    assertThat(OriginalResults.calls(Kind.ENCRYPT, 2500)).isEqualTo(25_000);
    assertThat(OriginalResults.calls(Kind.DB, 2500)).isEqualTo(10_000);
    for (int servers : Plan.ORIGINAL_SERVERS) {
      for (int clients : Plan.ORIGINAL_CLIENTS) {
        assertThat(encrypt.failed(servers, clients)).isPresent();
      }
    }
  }
}
