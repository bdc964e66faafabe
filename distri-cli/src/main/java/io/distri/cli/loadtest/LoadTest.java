package io.distri.cli.loadtest;

import io.distri.cli.local.FreePorts;
import io.distri.cli.local.LocalCluster;
import io.distri.cli.terminal.Failure;
import io.distri.cli.terminal.Progress;
import io.distri.protocol.HostPort;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A plan under way: makes its tests, writes and prints what came of them. */
public final class LoadTest {

  private final Plan plan;
  private final String recipient;
  private final PrintWriter out;
  private final ResultsCsv csv;
  private final List<CellResult> results = new ArrayList<>();
  private final Map<String, Long> reasons = new TreeMap<>();

  /**
   * @param recipient {@code age1…} for whom images are sealed
   */
  public LoadTest(Plan plan, String recipient, PrintWriter out) {
    this.plan = plan;
    this.recipient = recipient;
    this.out = out;
    this.csv = ResultsCsv.create(plan.out(), plan.kind());
  }

  /** Makes the tests on nodes that are started for them. Returns whether all were clean. */
  public boolean onOwnNodes() {
    out.println(header());
    long rounds = plan.rounds() * plan.servers().size();
    try (Progress progress = Progress.of("Load test", rounds)) {
      for (int servers : plan.servers()) {
        progress.say("starting nodes: " + servers);
        try (LocalCluster cluster = LocalCluster.startForNow(FreePorts.anywhere(servers))) {
          test(servers, cluster.addresses(), progress);
        }
      }
    }
    return report();
  }

  /** Makes the tests on nodes that are there. Returns whether all were clean. */
  public boolean onNodes(List<HostPort> nodes) {
    out.println(header());
    try (Progress progress = Progress.of("Load test", plan.rounds())) {
      test(0, nodes, progress);
    }
    return report();
  }

  private void test(int servers, List<HostPort> nodes, Progress progress) {
    try (CellRunner runner = new CellRunner(plan.kind(), nodes, recipient)) {
      int answering = runner.nodes();
      if (answering == 0) {
        throw new Failure("No node answers at " + nodes + ".");
      }
      runner.warmUp();
      for (int clients : plan.clients()) {
        Cell cell = new Cell(servers == 0 ? answering : servers, clients);
        progress.say(cell.servers() + " nodes, " + clients + " clients");
        CellResult result = runner.run(cell, plan.tasks(), progress);
        results.add(result);
        csv.add(result);
      }
      runner.reasons().forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
    }
  }

  private String header() {
    String task =
        switch (plan.kind()) {
          case ENCRYPT -> "a task seals the sample photo";
          case DB -> "a task adds a document, reads it by its UUID, updates it and reads it again";
        };
    return "Load test %s: each client does %d, one after the other; %s. All clients of a test share one DistriClient."
        .formatted(plan.kind().key(), plan.tasks(), task);
  }

  private boolean report() {
    ResultTable.lines(plan.kind(), results).forEach(out::println);
    reasons.forEach((reason, count) -> out.println(count + " failed: " + reason));
    out.println("Results: " + csv.file());
    drawCharts().forEach(chart -> out.println("Chart:   " + chart));
    return results.stream().allMatch(CellResult::isClean);
  }

  /** A Java without fonts draws no charts; the results are worth keeping all the same. */
  private List<Path> drawCharts() {
    try {
      return new ResultCharts(plan.kind(), results).draw(plan.out());
    } catch (RuntimeException | LinkageError | InternalError e) {
      out.println("No charts, because this Java can't draw: " + e.getMessage());
      return List.of();
    }
  }
}
