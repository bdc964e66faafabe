package io.distri.client;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The report on election for people: what was simulated, and what came out. */
final class ElectionReport {

  static final String COMMAND =
      "./mvnw -pl distri-client-starter -am test -Dtest=ElectionReportTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Ddistri.report.write";

  static final Set<Rule> COMPARED = EnumSet.range(Rule.RANDOM, Rule.ORACLE);

  private static final Set<Rule> IN_LOADS =
      EnumSet.of(
          Rule.ROUND_ROBIN, Rule.TWO_CHOICES, Rule.LEAST_CONNECTIONS, Rule.DISTRI, Rule.ORACLE);

  private static final Set<Rule> IN_FAULTS =
      EnumSet.of(
          Rule.ROUND_ROBIN, Rule.LEAST_CONNECTIONS, Rule.PEAK_EWMA, Rule.PREQUAL, Rule.DISTRI);

  private static final Set<Rule> IN_OUTAGES = EnumSet.of(Rule.LEAST_CONNECTIONS, Rule.DISTRI);

  private static final Set<Rule> IN_CLOSED_LOOPS =
      EnumSet.of(Rule.ROUND_ROBIN, Rule.LEAST_CONNECTIONS, Rule.DISTRI);

  private final ReportTables tables;
  private final ReportCharts charts;

  ElectionReport(Results results) {
    this.tables = new ReportTables(results);
    this.charts = new ReportCharts(results);
  }

  /** Everything that the report needs. */
  static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    cells.addAll(Results.cells(Scenarios.steady(), COMPARED));
    cells.addAll(Results.cells(Scenarios.hard(), COMPARED));
    cells.addAll(Results.cells(Scenarios.loads(), IN_LOADS));
    cells.addAll(Results.cells(Scenarios.closed(), IN_CLOSED_LOOPS));
    cells.addAll(Results.cells(Scenarios.faults(), IN_FAULTS));
    cells.addAll(Results.cells(Scenarios.outages(), IN_OUTAGES));
    cells.addAll(Results.cells(Scenarios.growth(), EnumSet.of(Rule.DISTRI)));
    for (Ablation ablation : Ablation.values()) {
      cells.addAll(
          Results.cells(ablation.scenarios(), EnumSet.of(Rule.DISTRI, ablation.without())));
    }
    return cells;
  }

  /** The files by their names below the directory of results. */
  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("election.md", page());
    files.put("election/load.svg", charts.load(IN_LOADS));
    files.put("election/outage.svg", charts.outage(IN_OUTAGES));
    files.put("election/growth.svg", charts.growth());
    return files;
  }

  private String page() {
    return String.join(
        "\n",
        INTRODUCTION.formatted(COMMAND),
        "## All nodes well, 90 % load\n",
        "p50 / p99 in ms. *4 × 6* is 4 clients and 6 nodes; clients are processes with a"
            + " `DistriClient` each.\n",
        tables.latencies("clients × nodes", Scenarios.steady(), COMPARED),
        "Distri's p99 as a multiple of the others'. Jain's index of the calls each node got is 1"
            + " where all got the same.\n",
        tables.ratios(Scenarios.steady()),
        "## Bad reports, mixed work\n",
        "4 clients, 6 nodes, half of them 2× slower, 90 % load; p50 / p99 in ms.\n",
        tables.latencies("what is bad", Scenarios.hard(), COMPARED),
        "## From half load to overload\n",
        "4 clients, 6 nodes, half of them 2× slower, for 12 s. p99 in ms, unfinished calls with"
            + " their age, and calls served as a share of what the nodes can do.\n",
        tables.loads(Scenarios.loads(), IN_LOADS),
        "![p99 over load](election/load.svg)\n",
        "## Callers that wait for their answer\n",
        "6 equal nodes. Calls served a second as a multiple of round robin's, and Jain's index.\n",
        tables.closed(Scenarios.closed()),
        "## Nodes that fail while another one is well\n",
        "4 clients, equal nodes; 70 % load where one of six is bad, 20 % where three of four are, 30 % of 16."
            + " p99 in ms (failed calls) and the share of the tries that went to a bad node after"
            + " the first 10.\n",
        tables.faults(Scenarios.faults(), IN_FAULTS),
        "## Outages of all nodes\n",
        "4 clients, 6 nodes, 70 % load, from 8 s to 16 s. Goodput is back when 95 % of what comes in"
            + " is served for a second, and at the end of that second.\n",
        tables.outages(Scenarios.outages(), IN_OUTAGES),
        "![calls served a second](election/outage.svg)\n",
        "## What a call costs as the cluster grows\n",
        "4 clients, equal nodes, 70 % load. Report bytes are those of the `Distri-Load` headers of"
            + " answers and probes; table rows are read every 2 s under traffic, whatever the"
            + " rate.\n",
        tables.growth(Scenarios.growth()),
        "![probes a call](election/growth.svg)\n",
        "## What each mechanism is worth\n",
        "Each is taken out in the scenario that shows it best.\n",
        tables.ablations());
  }

  private static final String INTRODUCTION =
      """
      # Election, simulated

      Which node serves a call is a choice of the client (`Election` in `distri-client-starter`). \
      Here it is compared with the usual rules on a virtual clock. The rules run inside the real \
      thing: scores, penalties, breakers, probe turns, retry policy and budget are the classes that \
      ship; network, threads and nodes are models. Fixed seeds: every machine gets these numbers.

      This page is generated and checked by the build, and so are the bounds in \
      `ElectionBoundsTest`; `ElectionSeedsTest` repeats it over seeds and for 1000 nodes, by hand. To make it again:

      ```
      %s
      ```

      Nodes have 2 cores, one queue bounded by what drains in 1 s (4 to 1024), and report their load \
      with every answer. A call takes 10 ms in the mean, exponentially distributed; the network \
      0.2 to 1 ms each way. All rules share the client's gate, retries, breakers and probes, and meet \
      the same calls at the same moments; a call's deadline is 30 s. Calls that failed or were not \
      finished count with their age. *Two choices* and *least connections* go by the client's own \
      calls in flight, *peak EWMA* is Finagle's, *Prequal* its hot-cold rule on piggybacked probes, \
      and the *oracle* sees every queue at every moment.
      """;
}
