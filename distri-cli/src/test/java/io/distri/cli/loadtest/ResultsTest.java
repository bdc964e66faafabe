package io.distri.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.loadtest.CellResult.Entries;
import io.distri.protocol.NodeStats;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

  @TempDir Path directory;

  @Test
  void the_table_shows_what_failed_and_what_failed_in_the_original() {
    List<String> lines =
        ResultTable.lines(
            Kind.DB,
            List.of(
                result(2, 2500, 0, new Entries(2500, 2500)), result(7, 5, 3, new Entries(5, 4))));

    assertThat(lines.get(0)).startsWith("nodes  clients").endsWith("on every node");
    assertThat(lines.get(1).strip().split(" +"))
        .containsExactly(
            "2", "2500", "100", "0", "5028", "7.0", "5.0", "9.0", "11.0", "1.20", "2500", "2500");
    assertThat(lines.get(2).strip().split(" +")).contains("–", "3", "4");
  }

  @Test
  void a_result_is_clean_when_nothing_failed_and_exactly_what_was_acknowledged_is_there() {
    assertThat(result(1, 5, 0, null).isClean()).isTrue();
    assertThat(result(1, 5, 1, null).isClean()).isFalse();
    assertThat(result(1, 5, 0, new Entries(5, 5)).isClean()).isTrue();
    assertThat(result(1, 5, 0, new Entries(5, 4)).isClean()).isFalse();
    assertThat(result(1, 5, 0, new Entries(5, 6)).isClean()).isFalse();
  }

  @Test
  void the_nodes_mean_counts_what_was_done_in_between_only() {
    Duration mean =
        CellRunner.completion(
            List.of(stats(10, 1000), stats(20, 500)), List.of(stats(30, 1400), stats(40, 900)));

    assertThat(mean).isEqualTo(Duration.ofMillis(20));
    assertThat(CellRunner.completion(List.of(stats(1, 1)), List.of(stats(1, 1))))
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void charts_are_pictures_even_where_every_call_failed() throws IOException {
    List<CellResult> results =
        List.of(
            result(1, 5, 0, null),
            result(1, 2500, 2, null),
            result(7, 5, 0, null),
            new CellResult(
                new Cell(7, 2500),
                10,
                10,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                0,
                null));

    for (Path chart : new ResultCharts(Kind.ENCRYPT, results).draw(directory)) {
      assertThat(ImageIO.read(chart.toFile()).getWidth()).isGreaterThan(500);
    }
  }

  @Test
  void the_original_results_are_at_hand() {
    OriginalResults encrypt = OriginalResults.of(Kind.ENCRYPT);

    assertThat(encrypt.failed(6, 2500)).hasValue(24_296);
    assertThat(OriginalResults.calls(Kind.ENCRYPT, 2500)).isEqualTo(25_000);
    assertThat(OriginalResults.of(Kind.DB).failed(3, 2500)).hasValue(5220);
    assertThat(encrypt.failed(8, 5)).isEqualTo(OptionalLong.empty());
    for (int servers : Plan.ORIGINAL_SERVERS) {
      for (int clients : Plan.ORIGINAL_CLIENTS) {
        assertThat(encrypt.failed(servers, clients)).isPresent();
      }
    }
  }

  private static CellResult result(
      int servers, int clients, long failed, @Nullable Entries entries) {
    return new CellResult(
        new Cell(servers, clients),
        100,
        failed,
        Duration.ofMillis(6),
        Duration.ofMillis(7),
        Duration.ofMillis(5),
        Duration.ofMillis(9),
        Duration.ofMillis(11),
        120,
        entries);
  }

  private static NodeStats stats(long completed, double totalMs) {
    return new NodeStats("", "", 0, 0, completed, 0, 0, totalMs, 0, 0, 0, Map.of());
  }
}
