package io.distri.cli.loadtest;

import io.distri.cli.local.SampleImage;
import io.distri.cli.terminal.Progress;
import io.distri.client.DistriClient;
import io.distri.protocol.HostPort;
import io.distri.protocol.NodeStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes tests on one cluster, one after the other, with one client that all callers share. */
final class CellRunner implements AutoCloseable {

  /** Callers and rounds of the calls before the first test, which let nodes and client warm up. */
  private static final int WARM_UP_CLIENTS = 4;

  private static final int WARM_UP_ROUNDS = 25;

  /** The original's clients had this patience: their mean went up to 142 s. */
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private final Kind kind;
  private final String recipient;
  private final Sends sends = new Sends();
  private final Map<String, Long> reasons = new TreeMap<>();
  private final DistriClient client;

  /**
   * @param recipient {@code age1…} for whom images are sealed
   */
  CellRunner(Kind kind, List<HostPort> nodes, String recipient) {
    this.kind = kind;
    this.recipient = recipient;
    this.client =
        DistriClient.builder()
            .nodes(nodes.stream().map(HostPort::toString).toList())
            .deadline(DEADLINE)
            .listener(sends)
            .build();
  }

  /** How many nodes answer. */
  int nodes() {
    return client.collectStats().size();
  }

  /** Why calls failed so far, and how many each time. */
  Map<String, Long> reasons() {
    return reasons;
  }

  /** Makes calls that don't count. */
  void warmUp() {
    try (Workload workload = workload()) {
      ClosedLoop.run(WARM_UP_CLIENTS, WARM_UP_ROUNDS, workload, new Tally(), () -> {});
    }
  }

  /** Makes a test: each client does so many tasks. */
  CellResult run(Cell cell, int tasks, Progress progress) {
    try (Workload workload = workload()) {
      return run(cell, tasks, workload, progress);
    }
  }

  private Workload workload() {
    return switch (kind) {
      case ENCRYPT -> new EncryptWorkload(client, SampleImage.bytes(), recipient);
      case DB -> new DbWorkload(client);
    };
  }

  private CellResult run(Cell cell, int tasks, Workload workload, Progress progress) {
    Tally tally = new Tally();
    List<NodeStats> before = client.collectStats();
    long sentBefore = sends.count();
    ClosedLoop.run(cell.clients(), tasks, workload, tally, progress::step);
    long sent = sends.count() - sentBefore;
    List<NodeStats> after = client.collectStats();
    tally.reasons().forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
    return new CellResult(
        cell,
        (long) cell.clients() * tasks * workload.callsPerRound(),
        tally.failed(),
        completion(before, after),
        tally.mean(),
        tally.percentile(50),
        tally.percentile(99),
        tally.percentile(99.9),
        sent,
        workload.entries());
  }

  /** The nodes' own mean: what their sums gained, over what their counts gained. */
  static Duration completion(List<NodeStats> before, List<NodeStats> after) {
    long completed = completed(after) - completed(before);
    double ms = taskTimeMs(after) - taskTimeMs(before);
    return completed <= 0 ? Duration.ZERO : Duration.ofNanos(Math.round(ms / completed * 1e6));
  }

  private static long completed(List<NodeStats> stats) {
    return stats.stream().mapToLong(NodeStats::completedTasks).sum();
  }

  private static double taskTimeMs(List<NodeStats> stats) {
    return stats.stream().mapToDouble(NodeStats::totalTaskTimeMs).sum();
  }

  @Override
  public void close() {
    client.close();
  }
}
