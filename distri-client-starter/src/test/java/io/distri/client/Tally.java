package io.distri.client;

import io.distri.protocol.HostPort;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/** Counts what happens in a simulation, from the end of the warm-up on. */
final class Tally {

  /** In which each node is tried for the first time. */
  private static final int FIRST_REQUESTS = 10;

  private final long fromNanos;
  private final Map<SimulatedCall, Long> open = new IdentityHashMap<>();
  private final long[] sends;
  private final long[] sendsAfterFirst;
  private final long[] servedPerWindow;
  private final long[] callsPerWindow;
  private final long[] sendsPerWindow;
  private double[] latencies = new double[1024];
  private int ended;
  private long allSends;
  private long calls;
  private long served;
  private long failed;
  private long probes;
  private long reportBytes;
  private long tableRows;
  private boolean counting;

  Tally(int nodes, long fromNanos, long untilNanos) {
    this.fromNanos = fromNanos;
    this.sends = new long[nodes];
    this.sendsAfterFirst = new long[nodes];
    int windows = Measured.window(untilNanos) + 1;
    this.servedPerWindow = new long[windows];
    this.callsPerWindow = new long[windows];
    this.sendsPerWindow = new long[windows];
  }

  void begun(SimulatedCall call, long nowNanos) {
    counting = nowNanos >= fromNanos;
    callsPerWindow[Measured.window(nowNanos)]++;
    if (counting) {
      calls++;
      open.put(call, nowNanos);
    }
  }

  void sent(HostPort node, long nowNanos) {
    sendsPerWindow[Measured.window(nowNanos)]++;
    int number = SimulatedNode.number(node);
    if (++allSends > FIRST_REQUESTS) {
      sendsAfterFirst[number]++;
    }
    if (counting) {
      sends[number]++;
    }
  }

  void ended(SimulatedCall call, long begunNanos, long nowNanos, boolean well) {
    if (well) {
      servedPerWindow[Measured.window(nowNanos)]++;
    }
    if (open.remove(call) == null) {
      return;
    }
    add((nowNanos - begunNanos) / 1e6);
    if (well) {
      served++;
    } else {
      failed++;
    }
  }

  private void add(double latencyMs) {
    if (ended == latencies.length) {
      latencies = Arrays.copyOf(latencies, ended * 2);
    }
    latencies[ended++] = latencyMs;
  }

  void probed() {
    probes += counting ? 1 : 0;
  }

  void reported(int bytes) {
    reportBytes += counting ? bytes : 0;
  }

  void tableRows(int rows) {
    tableRows += counting ? rows : 0;
  }

  /** What it comes to; calls that are still open count with their age. */
  Measured measured(long nowNanos) {
    long unfinished = open.size();
    open.values().forEach(begun -> add((nowNanos - begun) / 1e6));
    open.clear();
    double[] sorted = Arrays.copyOf(latencies, ended);
    Arrays.sort(sorted);
    return new Measured(
        sorted,
        calls,
        served,
        failed,
        unfinished,
        sends,
        sendsAfterFirst,
        probes,
        reportBytes,
        tableRows,
        servedPerWindow,
        callsPerWindow,
        sendsPerWindow,
        (nowNanos - fromNanos) / 1e9);
  }
}
