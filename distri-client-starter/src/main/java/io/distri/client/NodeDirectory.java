package io.distri.client;

import io.distri.protocol.HostPort;
import io.distri.protocol.LoadReport;
import io.distri.protocol.NodeRecord;
import io.distri.protocol.NodeState;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the nodes: follows the node table and the name service while calls keep it going, on
 * threads of its own, and sends nothing while there are none. Safe for many threads.
 */
final class NodeDirectory {

  /** The addresses behind a name. */
  @FunctionalInterface
  interface Resolver {
    Resolver SYSTEM = name -> List.of(InetAddress.getAllByName(name));

    List<InetAddress> resolve(String name) throws UnknownHostException;
  }

  /** Longer than a busy node takes for its table, short enough to ask another one. */
  private static final Duration TABLE_TIMEOUT = Duration.ofSeconds(1);

  /** Asked for their table, one after the other, before it is left for the next time. */
  private static final int NODES_ASKED = 3;

  private static final Logger log = LoggerFactory.getLogger(NodeDirectory.class);

  private final Roster roster;
  private final List<HostPort> namesToResolve;
  private final String contacts;
  private final Resolver resolver;
  private final NodeTransport transport;
  private final NodeHealth health;
  private final Executor background;
  private final LongSupplier nanoTime;
  private final Job table;
  private final Job names;

  private volatile List<Node> nodes;

  NodeDirectory(
      DistriClientSettings settings,
      Resolver resolver,
      NodeTransport transport,
      NodeHealth health,
      Executor background,
      LongSupplier nanoTime) {
    this.roster = new Roster(settings.nodes().stream().map(Contact::parse).toList());
    this.namesToResolve = roster.names();
    this.contacts = String.join(", ", settings.nodes());
    this.resolver = resolver;
    this.transport = transport;
    this.health = health;
    this.background = background;
    this.nanoTime = nanoTime;
    this.table = new Job(this::readTable, settings.election().tableRefresh());
    this.names = new Job(this::resolveNames, settings.election().dnsRefresh());
    this.nodes = roster.nodes();
  }

  /** All nodes as known now; never blocks. */
  List<Node> nodes() {
    return nodes;
  }

  /** There is traffic: begins whatever is due, and never blocks. */
  void refresh() {
    if (!namesToResolve.isEmpty()) {
      names.runIfDue();
    }
    table.runIfDue();
  }

  /** Waits until names were looked up once, so that there can be a node. */
  void awaitFirstNames(Duration wait) throws InterruptedException {
    if (!namesToResolve.isEmpty() && !names.hasRun()) {
      names.await(wait);
    }
  }

  /** Waits until a node was asked for its table once. */
  void awaitFirstTable(Duration wait) throws InterruptedException {
    if (!table.hasRun()) {
      table.await(wait);
    }
  }

  /** Waits until what is due of names and table is up to date, each for so long. */
  void awaitFresh(Duration wait) throws InterruptedException {
    if (!namesToResolve.isEmpty()) {
      names.await(wait);
    }
    table.await(wait);
  }

  /** The first contacts as configured, for people. */
  String contacts() {
    return contacts;
  }

  /** The node at an address answered with its id. */
  void answered(HostPort address, String id) {
    if (id.isEmpty()) {
      return;
    }
    synchronized (roster) {
      if (roster.answered(address, id)) {
        publish();
      }
    }
  }

  private void publish() {
    nodes = roster.nodes();
  }

  private void resolveNames() {
    for (HostPort name : namesToResolve) {
      try {
        List<HostPort> addresses =
            resolver.resolve(name.host()).stream()
                .map(address -> new HostPort(address.getHostAddress(), name.port()))
                .toList();
        synchronized (roster) {
          roster.resolved(name, addresses);
          publish();
        }
      } catch (UnknownHostException unknown) {
        // The addresses known so far are the best there is.
        log.debug("No address behind {}", name);
      }
    }
  }

  private void readTable() {
    List<Node> shuffled = new ArrayList<>(nodes);
    Collections.shuffle(shuffled);
    shuffled.sort(Comparator.comparing(node -> node.state() != NodeState.UP));
    for (Node node : shuffled.subList(0, Math.min(NODES_ASKED, shuffled.size()))) {
      Reply reply = transport.exchange(node.address(), NodeTable.QUESTION, TABLE_TIMEOUT);
      if (reply instanceof Reply.Answer answer && answer.status() == 200) {
        try {
          take(NodeTable.parse(answer.body()));
          return;
        } catch (IllegalArgumentException malformed) {
          log.debug("{} answered without a node table", node.address(), malformed);
        }
      }
    }
  }

  private void take(List<NodeRecord> records) {
    long now = nanoTime.getAsLong();
    Map<HostPort, NodeRecord> rows = new LinkedHashMap<>();
    for (NodeRecord node : records) {
      try {
        rows.put(HostPort.parse(node.address()), node);
      } catch (IllegalArgumentException malformed) {
        log.debug("A row of the node table has no address");
      }
    }
    synchronized (roster) {
      roster.tabled(rows, now);
      publish();
    }
    health.retain(nodes);
    nodes.forEach(node -> {
      NodeRecord row = rows.get(node.address());
      if (row != null) {
        LoadReport.parse(row.load())
            .ifPresent(report -> health.tabled(node.address(), row.state(), report, now));
      }
    });
  }

  /** Work off the calls' path, once in a while, one run at a time. */
  private final class Job {
    private final Runnable work;
    private final long everyNanos;
    private CompletableFuture<@Nullable Void> latest = CompletableFuture.completedFuture(null);
    private volatile long dueAtNanos = nanoTime.getAsLong();
    private volatile boolean hasRun;

    Job(Runnable work, Duration every) {
      this.work = work;
      this.everyNanos = every.toNanos();
    }

    /** Costs a call nothing while it is not due. */
    void runIfDue() {
      if (nanoTime.getAsLong() - dueAtNanos >= 0) {
        begin();
      }
    }

    private synchronized void begin() {
      if (!latest.isDone() || nanoTime.getAsLong() - dueAtNanos < 0) {
        return;
      }
      CompletableFuture<@Nullable Void> begun = new CompletableFuture<>();
      latest = begun;
      try {
        background.execute(() -> run(begun));
      } catch (RejectedExecutionException closed) {
        begun.complete(null);
      }
    }

    private synchronized CompletableFuture<@Nullable Void> latest() {
      return latest;
    }

    private void run(CompletableFuture<@Nullable Void> begun) {
      try {
        work.run();
      } catch (IllegalStateException closed) {
        log.trace("Given up, the client was closed", closed);
      } finally {
        hasRun = true;
        dueAtNanos = nanoTime.getAsLong() + everyNanos;
        begun.complete(null);
      }
    }

    boolean hasRun() {
      return hasRun;
    }

    /** Runs if due, and waits for the end of the latest run, but no longer than that. */
    void await(Duration wait) throws InterruptedException {
      runIfDue();
      try {
        latest().get(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException slow) {
        log.debug("Not up to date after {}", wait);
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
