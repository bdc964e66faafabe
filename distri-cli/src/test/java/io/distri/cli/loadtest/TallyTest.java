package io.distri.cli.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyTest {

  @Test
  void a_tally_tells_mean_and_percentiles_of_what_ended_well() {
    Tally tally = thousand(Tally.ofSuccesses());
    tally.failed("refused");
    tally.failed("refused");
    tally.failed("late");

    assertThat(tally.counts()).isEqualTo(new Counts(1003, 3, 0, 0));
    assertThat(tally.reasons()).containsEntry("refused", 2L).containsEntry("late", 1L);
    Latency latency = tally.latency();
    assertThat(latency.mean()).isBetween(Duration.ofMillis(499), Duration.ofMillis(502));
    assertThat(latency.p50()).isBetween(Duration.ofMillis(499), Duration.ofMillis(501));
    assertThat(latency.p999()).isBetween(Duration.ofMillis(998), Duration.ofMillis(1001));
  }

  @Test
  void a_failed_call_counts_with_the_time_it_was_given() {
    Tally tally = thousand(Tally.withFailuresAs(Duration.ofSeconds(30)));
    IntStream.range(0, 20).forEach(call -> tally.failed("refused"));

    assertThat(tally.latency().p99()).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(31));
    assertThat(tally.counts()).isEqualTo(new Counts(1020, 20, 0, 0));
  }

  @Test
  void a_tally_without_calls_has_no_time() {
    assertThat(Tally.ofSuccesses().latency())
        .isEqualTo(new Latency(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }

  @Test
  void the_percentiles_are_written_as_plotters_read_them() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    thousand(Tally.ofSuccesses()).writeDistribution(new PrintStream(file, true, UTF_8));

    String[] lines = file.toString(UTF_8).split("\n");
    assertThat(lines[0].strip().split(" +"))
        .containsExactly("Value", "Percentile", "TotalCount", "1/(1-Percentile)");
    assertThat(lines[2].strip()).as("milliseconds").matches("1\\.0\\d+ +0\\.0+ +1 +1\\.00");
    assertThat(lines[lines.length - 2]).startsWith("#[Max").contains("Total count", "1000");
  }

  private static Tally thousand(Tally tally) {
    IntStream.rangeClosed(1, 1000).forEach(ms -> tally.done(Duration.ofMillis(ms)));
    return tally;
  }
}
