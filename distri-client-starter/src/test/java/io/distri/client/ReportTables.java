package io.distri.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** The report's tables. */
final class ReportTables {

  private final Results results;

  ReportTables(Results results) {
    this.results = results;
  }

  String latencies(String of, List<Scenario> scenarios, Collection<Rule> rules) {
    return table(
        of,
        scenarios,
        rules,
        measured -> Text.whole(measured.p50()) + " / " + Text.whole(measured.p99()));
  }

  String ratios(List<Scenario> scenarios) {
    Text.Table table =
        new Text.Table(
            List.of(
                "clients × nodes",
                "two choices",
                "least connections",
                "Prequal",
                "oracle",
                "Jain"));
    for (Scenario scenario : scenarios) {
      table.row(
          List.of(
              scenario.name(),
              ratio(scenario, Rule.TWO_CHOICES),
              ratio(scenario, Rule.LEAST_CONNECTIONS),
              ratio(scenario, Rule.PREQUAL),
              ratio(scenario, Rule.ORACLE),
              Text.decimals(results.of(scenario, Rule.DISTRI).fairness(), 3)));
    }
    return table.toString();
  }

  private String ratio(Scenario scenario, Rule other) {
    return Text.decimals(
        results.of(scenario, Rule.DISTRI).p99() / results.of(scenario, other).p99(), 2);
  }

  String loads(List<Scenario> scenarios, Collection<Rule> rules) {
    List<String> head = head("load", rules);
    Text.Table table = new Text.Table(head);
    for (Scenario scenario : scenarios) {
      List<String> row = new ArrayList<>(List.of(scenario.name()));
      for (Rule rule : rules) {
        Measured measured = results.of(scenario, rule);
        row.add(
            Text.whole(measured.p99())
                + " ("
                + Text.whole(100 * measured.servedPerSecond() / scenario.capacity())
                + " %)");
      }
      table.row(row);
    }
    return table.toString();
  }

  String closed(List<Scenario> scenarios) {
    Text.Table table =
        new Text.Table(List.of("callers", "least connections", "Distri", "Jain, Distri"));
    for (Scenario scenario : scenarios) {
      double base = results.of(scenario, Rule.ROUND_ROBIN).servedPerSecond();
      Measured distri = results.of(scenario, Rule.DISTRI);
      double others = results.of(scenario, Rule.LEAST_CONNECTIONS).servedPerSecond();
      table.row(
          List.of(
              scenario.name(),
              Text.decimals(others / base, 3),
              Text.decimals(distri.servedPerSecond() / base, 3),
              Text.decimals(distri.fairness(), 3)));
    }
    return table.toString();
  }

  String faults(List<Scenario> scenarios, Collection<Rule> rules) {
    return table(
        "what fails",
        scenarios,
        rules,
        measured ->
            Text.whole(measured.p99())
                + " ("
                + measured.failed()
                + "), "
                + Text.percent(measured.shareAfterFirst(0)));
  }

  String outages(List<Scenario> scenarios, Collection<Rule> rules) {
    Text.Table table =
        new Text.Table(
            List.of(
                "outage",
                "rule",
                "goodput back after, ms",
                "tries for each call that came meanwhile",
                "failed calls"));
    for (Scenario scenario : scenarios) {
      for (Rule rule : rules) {
        Measured measured = results.of(scenario, rule);
        table.row(
            List.of(
                scenario.name(),
                rule.label(),
                Text.whole(recoveryMs(scenario, measured)),
                Text.decimals(measured.sendsPerCall(Scenarios.DOWN_AT_MS, Scenarios.BACK_AT_MS), 2),
                Long.toString(measured.failed())));
      }
    }
    return table.toString();
  }

  /** How long it takes until what comes in is served again, all but 5 %. */
  static double recoveryMs(Scenario scenario, Measured measured) {
    return measured.recoveryMs(Scenarios.BACK_AT_MS, 0.95 * scenario.arrivalRate());
  }

  String growth(List<Scenario> scenarios) {
    Text.Table table =
        new Text.Table(
            List.of(
                "nodes",
                "p50 / p99, ms",
                "probes a call",
                "report bytes a call",
                "table rows a call",
                "tries a call"));
    for (Scenario scenario : scenarios) {
      Measured measured = results.of(scenario, Rule.DISTRI);
      table.row(
          List.of(
              scenario.name(),
              Text.whole(measured.p50()) + " / " + Text.whole(measured.p99()),
              Text.decimals(measured.probesPerCall(), 3),
              Text.whole(measured.reportBytesPerCall()),
              Text.decimals(measured.tableRowsPerCall(), 3),
              Text.decimals(measured.sendsPerCall(), 2)));
    }
    return table.toString();
  }

  String ablations() {
    Text.Table table =
        new Text.Table(List.of("taken out", "scenario", "figure", "with it", "without it"));
    for (Ablation ablation : Ablation.values()) {
      for (Scenario scenario : ablation.scenarios()) {
        table.row(
            List.of(
                ablation.without().label(),
                scenario.name(),
                ablation.unit(),
                Text.decimals(ablation.figure(results.of(scenario, Rule.DISTRI)), 1),
                Text.decimals(ablation.figure(results.of(scenario, ablation.without())), 1)));
      }
    }
    return table.toString();
  }

  private String table(
      String of,
      List<Scenario> scenarios,
      Collection<Rule> rules,
      Function<Measured, String> cell) {
    Text.Table table = new Text.Table(head(of, rules));
    for (Scenario scenario : scenarios) {
      List<String> row = new ArrayList<>(List.of(scenario.name()));
      rules.forEach(rule -> row.add(cell.apply(results.of(scenario, rule))));
      table.row(row);
    }
    return table.toString();
  }

  private static List<String> head(String first, Collection<Rule> rules) {
    List<String> head = new ArrayList<>(List.of(first));
    rules.forEach(rule -> head.add(rule.label()));
    return head;
  }
}
