package io.distri.cli.local;

import io.distri.cli.terminal.Failure;
import io.distri.protocol.HostPort;
import io.distri.protocol.NodeRecord;
import io.distri.protocol.NodeState;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Nodes as processes on this machine, which end when this is closed, when this process is told to
 * end, and when it is killed. Nodes are numbered from 0. Safe for use by many threads.
 */
public final class LocalCluster implements AutoCloseable {

  private static final List<String> FAULTS = List.of("--spring.profiles.active=fault");

  private final Home home;
  private final boolean forNow;
  private final boolean durable;
  private final List<String> properties;
  private final List<HostPort> addresses;
  private final Consumer<String> out;
  private final HttpClient http;
  private final List<NodeEndpoint> endpoints;
  private final List<NodeProcess> processes = new ArrayList<>();
  private final Thread atExit = new Thread(this::end, "end-nodes");

  private LocalCluster(
      Home home,
      boolean forNow,
      boolean durable,
      List<String> properties,
      List<HostPort> addresses,
      Consumer<String> out) {
    this.home = home;
    this.forNow = forNow;
    this.durable = durable;
    this.properties = properties;
    this.addresses = List.copyOf(addresses);
    this.out = out;
    this.http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    JsonMapper json = new JsonMapper();
    this.endpoints =
        addresses.stream().map(address -> new NodeEndpoint(address, http, json)).toList();
  }

  /**
   * Starts a node at each address and waits until each serves and sees all others serve.
   *
   * @param home where the nodes keep their state
   * @throws Failure where a node does not start; none is left running then
   */
  public static LocalCluster start(Home home, List<HostPort> addresses) {
    return start(new LocalCluster(home, false, false, List.of(), addresses, LocalCluster::silent));
  }

  /**
   * Starts nodes as {@link #start} does, that play faults when they are told to.
   *
   * @param out is told what a long wait is for
   */
  public static LocalCluster startBreakable(
      Home home, List<HostPort> addresses, Consumer<String> out) {
    return start(new LocalCluster(home, false, false, FAULTS, addresses, out));
  }

  /** Starts nodes as {@link #start} does, whose state goes when this is closed. */
  public static LocalCluster startForNow(List<HostPort> addresses) {
    return startForNow(addresses, false);
  }

  /** Starts nodes that keep their DB on disk, until this is closed. */
  static LocalCluster startDurable(List<HostPort> addresses) {
    return startForNow(addresses, true);
  }

  /** Starts nodes as {@link #start} does, that keep their DB on disk. */
  static LocalCluster startDurable(Home home, List<HostPort> addresses) {
    return start(new LocalCluster(home, false, true, List.of(), addresses, LocalCluster::silent));
  }

  private static LocalCluster startForNow(List<HostPort> addresses, boolean durable) {
    try {
      Home home = new Home(Files.createTempDirectory("distri-nodes"));
      return start(
          new LocalCluster(home, true, durable, List.of(), addresses, LocalCluster::silent));
    } catch (IOException e) {
      throw Failure.of("There is no place for the nodes' state", e);
    }
  }

  private static LocalCluster start(LocalCluster cluster) {
    try {
      Runtime.getRuntime().addShutdownHook(cluster.atExit);
      for (int node = 0; node < cluster.size(); node++) {
        cluster.launch(node);
      }
      cluster.awaitAllUp();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static void silent(String message) {}

  public int size() {
    return addresses.size();
  }

  public List<HostPort> addresses() {
    return addresses;
  }

  /** Direct access to each node, in their order. */
  public List<NodeEndpoint> endpoints() {
    return endpoints;
  }

  /** Whether the node's process runs. */
  public synchronized boolean isAlive(int node) {
    return processes.get(node).isAlive();
  }

  /** Whether the system can pause nodes. */
  public boolean canPause() {
    return Pause.isPossible();
  }

  /** Whether the node's process is stopped. */
  public synchronized boolean isPaused(int node) {
    return processes.get(node).isPaused();
  }

  /**
   * Stops a node where it is, as {@code kill -STOP} does.
   *
   * @return false where it is stopped or dead already
   */
  public synchronized boolean pause(int node) {
    if (!isAlive(node) || isPaused(node)) {
      return false;
    }
    processes.get(node).pause();
    return true;
  }

  /**
   * Lets a node go on that was stopped.
   *
   * @return false where it was not
   */
  public synchronized boolean resume(int node) {
    if (!isPaused(node)) {
      return false;
    }
    processes.get(node).resume();
    return true;
  }

  /** Processor time of all nodes since they were started; empty where the system doesn't say. */
  public synchronized Optional<Duration> cpuTime() {
    Duration sum = Duration.ZERO;
    for (NodeProcess process : processes) {
      Optional<Duration> time = process.cpuTime();
      if (time.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(time.get());
    }
    return Optional.of(sum);
  }

  /** Ends a node as {@code kill -9} does. */
  public synchronized void kill(int node) {
    processes.get(node).kill();
  }

  /** Has a node stop as SIGTERM does, and waits until it is gone. */
  synchronized void stop(int node) {
    processes.get(node).stop();
  }

  /**
   * Starts a node that was killed or stopped, with the identity that it had. Does not wait until it
   * serves.
   *
   * @return false where it runs already
   */
  public synchronized boolean revive(int node) {
    if (processes.get(node).isAlive()) {
      return false;
    }
    processes.set(node, start(node));
    return true;
  }

  /**
   * Waits until every node serves and sees all others serve.
   *
   * @throws Failure where that does not happen
   */
  public void awaitAllUp() {
    for (int node = 0; node < size(); node++) {
      int number = node;
      process(node).awaitUp(() -> isUp(number), out);
    }
  }

  private boolean isUp(int node) {
    NodeEndpoint endpoint = endpoints.get(node);
    if (!endpoint.isReady()) {
      return false;
    }
    try {
      List<NodeRecord> table = endpoint.nodes();
      return table.size() >= size()
          && table.stream().allMatch(record -> record.state() == NodeState.UP);
    } catch (IOException notYet) {
      return false;
    }
  }

  private synchronized void launch(int node) {
    processes.add(start(node));
  }

  private synchronized NodeProcess process(int node) {
    return processes.get(node);
  }

  private NodeProcess start(int node) {
    List<String> all = new ArrayList<>(properties);
    if (durable) {
      all.add("--distri.node.db.data-dir=" + home.dataDirectory(addresses.get(node)));
    }
    return NodeProcess.start(home, addresses.get(node), others(node), all);
  }

  private List<HostPort> others(int node) {
    HostPort self = addresses.get(node);
    return addresses.stream().filter(address -> !address.equals(self)).toList();
  }

  /** Ends all nodes and waits until they are gone. */
  private synchronized void end() {
    processes.forEach(NodeProcess::kill);
    if (forNow) {
      home.delete();
    }
  }

  /** Ends all nodes. */
  @Override
  public void close() {
    end();
    http.shutdownNow();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException exiting) {
      // The hook runs already, and finds nothing to do.
    }
  }
}
