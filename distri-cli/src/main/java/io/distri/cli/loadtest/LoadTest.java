package io.distri.cli.loadtest;

import io.distri.cli.local.FreePorts;
import io.distri.cli.local.LocalCluster;
import io.distri.cli.terminal.Failure;
import io.distri.cli.terminal.Progress;
import io.distri.client.DistriException;
import io.distri.protocol.HostPort;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A plan under way: makes its tests, writes and prints what came of them. */
public final class LoadTest {

  private final Plan plan;
  private final String recipient;
  private final PrintWriter out;
  private final ResultFiles files;
  private final List<CellResult> results = new ArrayList<>();
  private final Map<String, Long> reasons = new TreeMap<>();
  private final List<String> broken = new ArrayList<>();

  /**
   * @param recipient {@code age1…} for whom images are sealed
   * @param command that asked for the test, as its user would repeat it
   */
  public LoadTest(Plan plan, String recipient, String command, PrintWriter out) {
    this.plan = plan;
    this.recipient = recipient;
    this.out = out;
    this.files = new ResultFiles(plan, Provenance.ofThisProcess(command));
  }

  /** Makes the tests on nodes that are started for them. Returns whether all were clean. */
  public boolean onOwnNodes() {
    plan.description().forEach(out::println);
    long rounds = plan.rounds() * plan.servers().size();
    try (Progress progress = Progress.of("Load test", rounds)) {
      plan.servers().forEach(servers -> onOwnNodes(servers, progress));
    }
    return report();
  }

  private void onOwnNodes(int servers, Progress progress) {
    progress.say("starting nodes: " + servers);
    unlessBroken(
        plan.servers().size() > 1,
        () -> {
          try (LocalCluster cluster = LocalCluster.startForNow(FreePorts.anywhere(servers))) {
            test(servers, cluster.addresses(), new CostMeter(cluster::cpuTime), progress);
          }
        });
  }

  /** Makes the tests on nodes that are there. Returns whether all were clean. */
  public boolean onNodes(List<HostPort> nodes) {
    plan.description().forEach(out::println);
    try (Progress progress = Progress.of("Load test", plan.rounds())) {
      CostMeter meter = new CostMeter(Optional::empty);
      unlessBroken(false, () -> test(0, nodes, meter, progress));
    }
    return report();
  }

  /**
   * Makes the tests of a cluster. What it does not survive, the next one may, and the results so
   * far are worth a report.
   *
   * @param goesOn whether other tests follow
   */
  private void unlessBroken(boolean goesOn, Runnable tests) {
    try {
      tests.run();
    } catch (Failure | DistriException e) {
      if (Thread.currentThread().isInterrupted() || (results.isEmpty() && !goesOn)) {
        throw e;
      }
      broken.add("Given up: " + e.getMessage());
    }
  }

  private void test(int servers, List<HostPort> nodes, CostMeter meter, Progress progress) {
    try (CellRunner runner = new CellRunner(plan.kind(), plan.load(), nodes, meter, recipient)) {
      int answering = runner.nodes();
      if (answering == 0) {
        throw new Failure("No node answers at " + nodes + ".");
      }
      progress.say("warming up nodes: " + answering);
      runner.warmUp(answering, plan.warmUp());
      progress.say("waiting until they are at rest");
      Rest.USUAL.await(() -> meter.read().cpuMs());
      for (int clients : plan.clients()) {
        Cell cell = new Cell(servers == 0 ? answering : servers, clients);
        progress.say(cell.servers() + " nodes, " + clients + " clients");
        Tally tally = plan.load().tally();
        results.add(runner.run(cell, tally, progress));
        tally.reasons().forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
        files.write(results, tally);
      }
    }
  }

  private boolean report() {
    ResultTable.lines(plan.kind(), plan.load(), results).forEach(out::println);
    reasons.forEach((reason, count) -> out.println(count + " failed: " + reason));
    broken.forEach(out::println);
    files.written().forEach(file -> out.println("Results: " + file));
    return broken.isEmpty() && results.stream().allMatch(CellResult::isClean);
  }
}
