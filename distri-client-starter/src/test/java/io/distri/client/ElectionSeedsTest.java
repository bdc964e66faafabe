package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The steady scenarios over several seeds, twice as long, and a cluster of 1000 nodes: minutes to
 * hours, so only by hand, with the report's command and {@code -Dtest=ElectionSeedsTest
 * -Ddistri.report.seeds=5}. Writes {@code target/election-seeds.md}.
 */
@EnabledIfSystemProperty(named = "distri.report.seeds", matches = "[1-9][0-9]*")
class ElectionSeedsTest {

  private static final Set<Rule> RULES =
      EnumSet.of(Rule.TWO_CHOICES, Rule.LEAST_CONNECTIONS, Rule.DISTRI, Rule.ORACLE);

  @Test
  void the_ratios_hold_over_seeds() throws IOException, InterruptedException, ExecutionException {
    int seeds = Integer.getInteger("distri.report.seeds");
    Files.writeString(Path.of("target", "election-seeds.md"), report(seeds));
    assertThat(Path.of("target", "election-seeds.md")).isNotEmptyFile();
  }

  static String report(int seeds) throws InterruptedException, ExecutionException {
    List<Scenario> scenarios =
        new ArrayList<>(
            Scenarios.steady().stream().map(scenario -> scenario.calls(40_000)).toList());
    scenarios.add(
        Scenario.of("4 × 1000, half 2× slower", 4, Scenario.slow(1000, 500, 2)).calls(200_000));
    Text.Table table =
        new Text.Table(List.of("Distri's p99 by", "two choices", "least connections", "oracle"));
    for (Scenario scenario : scenarios) {
      List<Scenario> seeded = new ArrayList<>();
      for (int seed = 1; seed <= seeds; seed++) {
        seeded.add(scenario.seed(seed));
      }
      Results results = Results.of(Results.cells(seeded, RULES));
      table.row(
          List.of(
              scenario.name(),
              range(seeded, results, Rule.TWO_CHOICES),
              range(seeded, results, Rule.LEAST_CONNECTIONS),
              range(seeded, results, Rule.ORACLE)));
    }
    return table.toString();
  }

  /** Least, middle and most of the ratios. */
  private static String range(List<Scenario> seeded, Results results, Rule other) {
    double[] ratios =
        seeded.stream()
            .mapToDouble(scenario ->
                results.of(scenario, Rule.DISTRI).p99() / results.of(scenario, other).p99())
            .sorted()
            .toArray();
    return Arrays.stream(
            new double[] {ratios[0], ratios[ratios.length / 2], ratios[ratios.length - 1]})
        .mapToObj(ratio -> Text.decimals(ratio, 2))
        .reduce((one, next) -> one + " – " + next)
        .orElseThrow();
  }
}
