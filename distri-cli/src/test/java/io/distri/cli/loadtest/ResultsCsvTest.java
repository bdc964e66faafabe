package io.distri.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.loadtest.CellResult.Entries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsCsvTest {

  @TempDir Path directory;

  @Test
  void the_original_columns_come_first_in_their_own_spelling() throws IOException {
    ResultsCsv csv = ResultsCsv.create(directory.resolve("new"), Kind.ENCRYPT);
    csv.add(result(null, Duration.ofNanos(52_850_000)));

    assertThat(Files.readAllLines(directory.resolve("new/encrypt.csv")))
        .containsExactly(
            "servers,clients,Total failed tasks,Avg Completion Time,Avg response time,"
                + "p50_ms,p99_ms,p99_9_ms,sends_per_task",
            "3,25,1,52.85ms,0.061500,40.000,99.000,120.500,1.040");
  }

  @Test
  void a_db_row_tells_the_entries_that_were_saved() throws IOException {
    ResultsCsv csv = ResultsCsv.create(directory, Kind.DB);
    csv.add(result(new Entries(25, 24), Duration.ofMillis(2010)));

    assertThat(Files.readAllLines(directory.resolve("db.csv")))
        .containsExactly(
            "servers,clients,Total failed tasks,Avg Completion Time,Avg response time,"
                + "Entries saved,p50_ms,p99_ms,p99_9_ms,sends_per_task",
            "3,25,1,2.01s,0.061500,24,40.000,99.000,120.500,1.040");
  }

  @Test
  void results_of_an_earlier_test_are_replaced() throws IOException {
    ResultsCsv.create(directory, Kind.DB).add(result(new Entries(1, 1), Duration.ZERO));
    ResultsCsv.create(directory, Kind.DB);

    assertThat(Files.readAllLines(directory.resolve("db.csv"))).hasSize(1);
  }

  private static CellResult result(@Nullable Entries entries, Duration completion) {
    return new CellResult(
        new Cell(3, 25),
        250,
        1,
        completion,
        Duration.ofNanos(61_500_000),
        Duration.ofMillis(40),
        Duration.ofMillis(99),
        Duration.ofNanos(120_500_000),
        260,
        entries);
  }
}
