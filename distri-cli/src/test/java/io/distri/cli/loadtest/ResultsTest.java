package io.distri.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.loadtest.CellResult.Entries;
import io.distri.protocol.NodeStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {

  @Test
  void the_table_shows_what_failed_and_what_failed_in_the_original() {
    List<String> lines =
        ResultTable.lines(
            Kind.DB,
            new ClosedLoop(1),
            List.of(
                Samples.result(2, 2500, 0, new Entries(2500, 2500)),
                Samples.result(7, 5, 3, new Entries(5, 4))));

    assertThat(lines.get(0)).startsWith("nodes  clients").endsWith("on every node");
    assertThat(lines.get(1).strip().split(" +"))
        .containsExactly(
            "2", "2500", "250", "0", "5028", "61.5", "40.0", "99.0", "120.5", "1.04", "2500",
            "2500");
    assertThat(lines.get(2).strip().split(" +")).contains("–", "3", "4");
  }

  @Test
  void the_table_of_an_open_loop_shows_what_was_late() {
    OpenLoop load = new OpenLoop(10, Duration.ofSeconds(1));
    List<String> lines =
        ResultTable.lines(Kind.ENCRYPT, load, List.of(Samples.result(2, 2500, 3, null)));

    assertThat(lines.get(0)).contains("failed  late  not started").doesNotContain("original");
    assertThat(lines.get(1).strip().split(" +")).startsWith("2", "2500", "250", "3", "7", "2");
  }

  @Test
  void a_result_is_clean_when_nothing_failed_and_exactly_what_was_acknowledged_is_there() {
    assertThat(Samples.result(1, 5, 0, null).isClean()).isTrue();
    assertThat(Samples.result(1, 5, 1, null).isClean()).isFalse();
    assertThat(Samples.result(1, 5, 0, new Entries(5, 5)).isClean()).isTrue();
    assertThat(Samples.result(1, 5, 0, new Entries(5, 4)).isClean()).isFalse();
    assertThat(Samples.result(1, 5, 0, new Entries(5, 6)).isClean()).isFalse();
  }

  @Test
  void the_nodes_mean_counts_what_was_done_in_between_by_nodes_that_told_both_times() {
    Duration mean =
        CellRunner.completion(
            List.of(stats("a", 10, 1000), stats("b", 20, 500), stats("silent after", 900, 9)),
            List.of(stats("b", 80, 900), stats("a", 30, 1400), stats("silent before", 70, 7)));

    assertThat(mean).isEqualTo(Duration.ofMillis(10));
    assertThat(CellRunner.completion(List.of(stats("a", 1, 1)), List.of(stats("a", 1, 1))))
        .isEqualTo(Duration.ZERO);
  }

  private static NodeStats stats(String node, long completed, double totalMs) {
    return new NodeStats(node, "", 0, 0, completed, 0, 0, totalMs, 0, 0, 0, Map.of());
  }
}
