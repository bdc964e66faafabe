package io.distri.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodeStatsTest {

  @Test
  void the_report_has_the_labels_of_the_original() {
    NodeStats stats =
        new NodeStats(
            "ab12",
            "127.0.0.1:3000",
            250,
            54,
            51,
            1,
            0,
            662_724.08,
            12.994,
            2,
            7,
            Map.of("users", 0, "catalog", 3));
    assertThat(stats.report())
        .isEqualTo(
            """
            Server Stats:
            Node: ab12
            Requests Received: 250
            Accepted Requests: 54
            Completed Tasks: 51
            Failed Tasks: 1
            Server Fails: 0
            Total Task Time: 662.72s
            Avg Completion Time: 12.99ms
            In Flight: 2
            DB Version: 7
            DB Data: catalog: 3 entries, users: 0 entries
            """);
  }

  @Test
  void of_collections_without_number_it_tells_the_first() {
    Map<String, Integer> many =
        IntStream.range(0, 5000)
            .boxed()
            .collect(Collectors.toMap("c%04d"::formatted, Function.identity()));
    NodeStats stats = new NodeStats("ab12", "127.0.0.1:3000", 0, 0, 0, 0, 0, 0, 0, 0, 0, many);
    assertThat(stats.collections()).hasSize(1000).containsKeys("c0000", "c0999");
    assertThat(stats.report()).hasSizeLessThan(32_000);
  }
}
