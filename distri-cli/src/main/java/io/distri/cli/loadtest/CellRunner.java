package io.distri.cli.loadtest;

import io.distri.cli.local.SampleImage;
import io.distri.cli.terminal.Failure;
import io.distri.cli.terminal.Progress;
import io.distri.client.DistriClient;
import io.distri.client.DistriException;
import io.distri.protocol.HostPort;
import io.distri.protocol.NodeStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes tests on one cluster, one after the other, with one client that all callers share. */
final class CellRunner implements AutoCloseable {

  /** Callers for each node before the first test: they keep a node's processors busy. */
  private static final int WARM_UP_CLIENTS = 4;

  private final Kind kind;
  private final Load load;
  private final String recipient;
  private final CostMeter meter;
  private final Sends sends = new Sends();
  private final DistriClient client;

  /**
   * @param recipient {@code age1…} for whom images are sealed
   */
  CellRunner(Kind kind, Load load, List<HostPort> nodes, CostMeter meter, String recipient) {
    this.kind = kind;
    this.load = load;
    this.meter = meter;
    this.recipient = recipient;
    this.client =
        DistriClient.builder()
            .nodes(nodes.stream().map(HostPort::toString).toList())
            .deadline(load.patience())
            .listener(sends)
            .build();
  }

  /** How many nodes answer. */
  int nodes() {
    return client.collectStats().size();
  }

  /**
   * Makes calls that don't count.
   *
   * @param calls for each node, about: the election shares them out
   * @throws Failure where none of them ends well
   */
  void warmUp(int nodes, int calls) {
    if (calls == 0) {
      return;
    }
    int clients = WARM_UP_CLIENTS * nodes;
    try (Workload workload = workload()) {
      int callsPerTask = WARM_UP_CLIENTS * workload.callsPerRound();
      ClosedLoop loop = new ClosedLoop(Math.ceilDiv(calls, callsPerTask));
      Tally tally = loop.tally();
      loop.run(clients, workload, new Caller(tally, load.patience()), () -> {});
      if (tally.counts().failed() == tally.counts().calls()) {
        throw new Failure("No call of the warm-up ended well: " + tally.reasons() + ".");
      }
    }
  }

  /** Makes a test, which begins with an empty tally. */
  CellResult run(Cell cell, Tally tally, Progress progress) {
    Workload workload = workload();
    try {
      return run(cell, workload, tally, progress);
    } finally {
      leave(workload);
    }
  }

  private Workload workload() {
    return switch (kind) {
      case ENCRYPT -> new EncryptWorkload(client, SampleImage.bytes(), recipient);
      case DB -> new DbWorkload(client);
    };
  }

  /** Nodes that a test brought down keep what it left: the test's result is worth more. */
  private static void leave(Workload workload) {
    try {
      workload.close();
    } catch (DistriException left) {
      // The next call that needs these nodes says what is wrong with them.
    }
  }

  private CellResult run(Cell cell, Workload workload, Tally tally, Progress progress) {
    List<NodeStats> before = client.collectStats();
    long sentBefore = sends.count();
    Cost costBefore = meter.read();
    load.run(cell.clients(), workload, new Caller(tally, load.patience()), progress::step);
    Cost cost = meter.read().since(costBefore);
    long sent = sends.count() - sentBefore;
    List<NodeStats> after = client.collectStats();
    return new CellResult(
        cell,
        tally.counts(),
        completion(before, after),
        tally.latency(),
        sent,
        cost,
        workload.entries());
  }

  /**
   * The nodes' own mean: what their sums gained, over what their counts gained. A node that was
   * silent before or after is left out.
   */
  static Duration completion(List<NodeStats> before, List<NodeStats> after) {
    Map<String, NodeStats> earlier =
        before.stream().collect(Collectors.toMap(NodeStats::node, Function.identity()));
    long completed = 0;
    double ms = 0;
    for (NodeStats now : after) {
      Optional<NodeStats> then = Optional.ofNullable(earlier.get(now.node()));
      if (then.isPresent()) {
        completed += now.completedTasks() - then.get().completedTasks();
        ms += now.totalTaskTimeMs() - then.get().totalTaskTimeMs();
      }
    }
    return completed <= 0 ? Duration.ZERO : Duration.ofNanos(Math.round(ms / completed * 1e6));
  }

  @Override
  public void close() {
    client.close();
  }
}
