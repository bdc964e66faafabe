package io.distri.client;

import io.distri.protocol.Headers;
import io.distri.protocol.HostPort;
import io.distri.protocol.LoadReport;
import io.distri.protocol.NodeState;
import io.distri.protocol.WorkClass;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A model of a CloudNode: two cores, one queue, a load report with every answer, and its faults.
 * Work is counted in mean service times; how long one of them takes here is the node's speed.
 */
final class SimulatedNode {

  static final int PERMITS = 2;
  static final WorkClass CLASS = WorkClass.ENCRYPT;

  private static final double QUICK_MS = 1;
  private static final double SHARE_OF_ERRORS = 0.3;

  private final HostPort address;
  private final double meanMs;
  private final EventQueue events;
  private final SimulatedNetwork network;
  private final Random random;
  private final LatencyMemory latencies = new LatencyMemory();
  private final Set<SimulatedJob> held = new LinkedHashSet<>();
  private final Set<Fault.Kind> faults = EnumSet.noneOf(Fault.Kind.class);
  private SimulatedLane lane = new SimulatedLane(PERMITS);
  private long seq;
  private long pausedUntilNanos;
  private int onTheWay;
  private long received;
  private LoadReport said;
  private long saidAtNanos;

  /**
   * @param number from 0
   * @param meanMs how long a call takes here in the mean, in milliseconds
   */
  SimulatedNode(
      int number, double meanMs, EventQueue events, SimulatedNetwork network, Random random) {
    this.address = address(number);
    this.meanMs = meanMs;
    this.events = events;
    this.network = network;
    this.random = random;
    this.said = report();
  }

  static HostPort address(int number) {
    return new HostPort("node", 1000 + number);
  }

  static int number(HostPort address) {
    return address.port() - 1000;
  }

  HostPort address() {
    return address;
  }

  /** Calls that reached it. */
  long received() {
    return received;
  }

  void begin(Fault.Kind fault, long untilNanos) {
    if (fault == Fault.Kind.PAUSE) {
      long from = Math.max(events.nowNanos(), pausedUntilNanos);
      pausedUntilNanos = untilNanos;
      held.forEach(job -> job.endsAt(job.endsAtNanos() + untilNanos - from));
      return;
    }
    faults.add(fault);
    if (fault == Fault.Kind.DOWN) {
      held.forEach(job -> lose(job.caller()));
      held.clear();
      lane = new SimulatedLane(PERMITS);
    }
  }

  void end(Fault.Kind fault) {
    if (faults.remove(fault) && fault == Fault.Kind.DOWN) {
      // Started anew: sequence numbers begin at the boot time in microseconds.
      seq = events.nowNanos() / 1000;
    }
  }

  /** A call is sent here. */
  void send(double work, long patienceNanos, Consumer<Reply> caller) {
    onTheWay++;
    network.toNode(() -> {
      onTheWay--;
      arrive(work, patienceNanos, caller);
    });
  }

  private void arrive(double work, long patienceNanos, Consumer<Reply> caller) {
    if (events.nowNanos() < pausedUntilNanos) {
      events.at(pausedUntilNanos, () -> arrive(work, patienceNanos, caller));
      return;
    }
    if (faults.contains(Fault.Kind.DOWN)) {
      network.toClient(caller, new Reply.NotSent("connection refused"));
      return;
    }
    received++;
    if (faults.contains(Fault.Kind.SINKHOLE)) {
      events.after(
          SimulatedNetwork.nanos(QUICK_MS),
          () -> answer(caller, 503, Map.of(Headers.EXECUTED, List.of(Headers.EXECUTED_NO))));
    } else if (faults.contains(Fault.Kind.DROPS)) {
      events.after(SimulatedNetwork.nanos(QUICK_MS), () -> lose(caller));
    } else {
      admit(work, patienceNanos, caller);
    }
  }

  private void admit(double work, long patienceNanos, Consumer<Reply> caller) {
    double waitMs = lane.expectedWaitMs();
    if (lane.isFull() || SimulatedNetwork.nanos(waitMs) > patienceNanos) {
      long seconds = Math.max(1, (long) StrictMath.ceil(waitMs / 1000));
      answer(caller, 429, Map.of("Retry-After", List.of(Long.toString(seconds))));
      return;
    }
    long now = events.nowNanos();
    SimulatedJob job = new SimulatedJob(work, now, now + patienceNanos, lane.held(), caller);
    if (lane.hasPermit()) {
      run(job);
    } else {
      held.add(job);
      lane.queue(job);
    }
  }

  private void run(SimulatedJob job) {
    held.add(job);
    lane.run();
    long begun = events.nowNanos();
    job.endsAt(begun + SimulatedNetwork.nanos(job.work() * meanMs));
    events.at(job.endsAtNanos(), () -> complete(job, begun));
  }

  private void complete(SimulatedJob job, long begunNanos) {
    if (!held.contains(job)) {
      return;
    }
    long now = events.nowNanos();
    if (now < job.endsAtNanos()) {
      events.at(job.endsAtNanos(), () -> complete(job, begunNanos));
      return;
    }
    boolean well = !faults.contains(Fault.Kind.ERRORS) || random.nextDouble() >= SHARE_OF_ERRORS;
    latencies.add(job.heldOnArrival(), (now - job.arrivedAtNanos()) / 1e6);
    // As in the node, the report is made while the call is still held.
    answer(job.caller(), well ? 200 : 500, Map.of());
    held.remove(job);
    lane.leave((now - begunNanos) / 1e6, well);
    SimulatedJob next = lane.next(now);
    if (next != null) {
      run(next);
    }
  }

  /** It is asked for its load. */
  void probe(Consumer<Reply> caller) {
    network.toNode(() -> arrive(caller));
  }

  private void arrive(Consumer<Reply> prober) {
    if (events.nowNanos() < pausedUntilNanos) {
      events.at(pausedUntilNanos, () -> arrive(prober));
    } else if (faults.contains(Fault.Kind.DOWN)) {
      network.toClient(prober, new Reply.NotSent("connection refused"));
    } else if (faults.contains(Fault.Kind.DROPS)) {
      lose(prober);
    } else {
      answer(prober, 204, Map.of());
    }
  }

  private void lose(Consumer<Reply> caller) {
    network.toClient(caller, new Reply.Lost("connection reset", false));
  }

  private void answer(Consumer<Reply> caller, int status, Map<String, List<String>> more) {
    Map<String, List<String>> headers = new HashMap<>(more);
    headers.put(Headers.LOAD, List.of(report().format()));
    network.toClient(caller, new Reply.Answer(status, headers, new byte[0]));
  }

  private LoadReport report() {
    return new LoadReport(++seq, NodeState.UP, lane.held(), Map.of(CLASS, lane.report()));
  }

  /** Once a second it tells the others its load, if it can. */
  void gossip() {
    if (!faults.contains(Fault.Kind.DOWN) && events.nowNanos() >= pausedUntilNanos) {
      said = report();
      saidAtNanos = events.nowNanos();
    }
  }

  /**
   * What Prequal asks for beside the load: how long calls took that met as many as are here now.
   */
  double recentLatencyMs() {
    return latencies.near(lane.held());
  }

  /** What the other nodes heard from it last. */
  LoadReport said() {
    return said;
  }

  long saidAtNanos() {
    return saidAtNanos;
  }

  /** Whether it would answer when asked for its node table. */
  boolean tellsOfOthers() {
    return !isSilent() && !faults.contains(Fault.Kind.DOWN) && !faults.contains(Fault.Kind.DROPS);
  }

  boolean isSilent() {
    return events.nowNanos() < pausedUntilNanos;
  }

  /** Whether it would serve now. */
  boolean isWell() {
    return faults.isEmpty() && !isSilent();
  }

  /** The exact expectation, in milliseconds, with all calls in it and on the way to it. */
  double exactDelayMs() {
    int ahead = Math.max(0, lane.held() + onTheWay - PERMITS + 1);
    return ahead * meanMs / PERMITS + meanMs;
  }
}
