package io.distri.cli.demo;

import io.distri.cli.demo.CallGauge.Reading;
import io.distri.cli.demo.Handicaps.Handicap;
import io.distri.cli.demo.Snapshot.Event;
import io.distri.cli.demo.Snapshot.State;
import io.distri.cli.demo.WriteLedger.Counts;
import io.distri.cli.local.LocalCluster;
import io.distri.client.ElectionRule;
import io.distri.node.dashboard.Recent;
import io.distri.protocol.HostPort;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Nodes under traffic for visitors to break: does to nodes what they ask for, and adds what came of
 * it to the history, every second. Safe for use by many threads.
 */
final class Playground implements Controls, AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** What is under way may wait for an answer of a node's. */
  private static final Duration GONE = Duration.ofSeconds(5);

  private final LocalCluster cluster;
  private final Recent<Snapshot> history;
  private final Clock clock = Clock.systemUTC();
  private final CallGauge gauge = new CallGauge();
  private final WriteLedger ledger = new WriteLedger();
  private final Handicaps handicaps;
  private final NodeWatch watch;
  private final Traffic traffic;
  private final Queue<Event> events = new ConcurrentLinkedQueue<>();

  private final List<Thread> threads = new ArrayList<>();
  private long lastNanos = System.nanoTime();

  /**
   * @param recipient {@code age1…} for whom photos are sealed
   * @param deadline how long a call waits
   */
  Playground(LocalCluster cluster, String recipient, Duration deadline, Recent<Snapshot> history) {
    this.cluster = cluster;
    this.history = history;
    this.handicaps = new Handicaps(cluster.endpoints());
    this.watch = new NodeWatch(cluster, handicaps, System.nanoTime());
    this.traffic = new Traffic(cluster.addresses(), recipient, deadline, gauge, ledger);
  }

  /** Begins the traffic and the looking at it, each with a pace of its own. */
  void start() {
    traffic.start();
    Auditor auditor = new Auditor(watch, ledger);
    everySecond(watch::look);
    everySecond(now -> {
      auditor.audit(now);
      traffic.forget(now);
    });
    everySecond(now -> history.add(snapshot(now)));
  }

  private void everySecond(LongConsumer task) {
    threads.add(
        Thread.ofVirtual()
            .start(() -> {
              while (!Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(PERIOD.toNanos());
                task.accept(System.nanoTime());
              }
            }));
  }

  @Override
  public int size() {
    return cluster.size();
  }

  @Override
  public void elect(ElectionRule rule) {
    traffic.elect(rule);
  }

  /** One at a time: what is done next depends on what was done before. */
  @Override
  public synchronized void press(int node, Action action) {
    if (actions(node).contains(action) && did(node, action)) {
      events.add(new Event(clock.millis(), action, cluster.addresses().get(node).toString()));
    }
  }

  private List<Action> actions(int node) {
    State state = watch.state(node);
    List<Action> actions = new ArrayList<>();
    actions.add(state == State.KILLED ? Action.REVIVE : Action.KILL);
    if (state == State.PAUSED) {
      actions.add(Action.RESUME);
    } else if (state != State.KILLED && cluster.canPause()) {
      actions.add(Action.PAUSE);
    }
    if (state == State.UP) {
      actions.add(handicaps.has(node, Handicap.SLOW) ? Action.NORMAL : Action.SLOW);
      actions.add(handicaps.has(node, Handicap.CUT_OFF) ? Action.HEAL : Action.CUT);
    }
    return actions;
  }

  private boolean did(int node, Action action) {
    return switch (action) {
      case KILL -> {
        cluster.kill(node);
        yield true;
      }
      case REVIVE -> {
        handicaps.forget(node);
        yield cluster.revive(node);
      }
      case PAUSE -> cluster.pause(node);
      case RESUME -> cluster.resume(node);
      case SLOW -> handicaps.set(node, Handicap.SLOW, true);
      case NORMAL -> handicaps.set(node, Handicap.SLOW, false);
      case CUT -> handicaps.set(node, Handicap.CUT_OFF, true);
      case HEAL -> handicaps.set(node, Handicap.CUT_OFF, false);
    };
  }

  private Snapshot snapshot(long nowNanos) {
    double seconds = (nowNanos - lastNanos) / 1e9;
    lastNanos = nowNanos;
    Reading reading = gauge.read();
    Counts counts = ledger.counts();
    return new Snapshot(
        clock.millis(),
        gauge.done(),
        gauge.failed(),
        counts.acknowledged(),
        counts.verified(),
        counts.lost(),
        reading.done() / seconds,
        reading.sealP99().toNanos() / 1e6,
        reading.dbP99().toNanos() / 1e6,
        traffic.rule(),
        nodes(reading),
        happened());
  }

  private List<Snapshot.Node> nodes(Reading reading) {
    long answered = reading.byNode().values().stream().mapToLong(Long::longValue).sum();
    List<Snapshot.Node> nodes = new ArrayList<>();
    for (int node = 0; node < cluster.size(); node++) {
      HostPort address = cluster.addresses().get(node);
      long own = reading.byNode().getOrDefault(address, 0L);
      double share = answered == 0 ? 0 : (double) own / answered;
      nodes.add(
          new Snapshot.Node(
              address.toString(),
              watch.state(node),
              share,
              watch.seen(node),
              handicaps.has(node, Handicap.SLOW),
              handicaps.has(node, Handicap.CUT_OFF),
              actions(node)));
    }
    return nodes;
  }

  private List<Event> happened() {
    List<Event> taken = new ArrayList<>();
    for (Event event = events.poll(); event != null; event = events.poll()) {
      taken.add(event);
    }
    return taken;
  }

  /** Ends what {@link #start} began. The nodes stay as they are. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join(GONE);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    traffic.close();
  }
}
