package io.distri.cli.local;

import io.distri.cli.terminal.Failure;
import io.distri.protocol.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A node as a process of its own on this machine: the {@code server} command of this same program.
 * It ends with the process that started it, however that one ends.
 */
public final class NodeProcess {

  /** Holds images of the default size limit, and leaves a laptop room for seven. */
  private static final String HEAP = "-Xmx512m";

  private final HostPort address;
  private final ProgramProcess process;

  private NodeProcess(HostPort address, ProgramProcess process) {
    this.address = address;
    this.process = process;
  }

  /**
   * Starts a node, without waiting until it serves.
   *
   * @param home of all nodes of its cluster
   * @param others the cluster's other nodes
   * @param properties arguments of the form {@code --name=value}
   */
  static NodeProcess start(
      Home home, HostPort address, List<HostPort> others, List<String> properties) {
    Path identity = home.identityDirectory(address);
    String ips =
        others.stream().map(other -> "," + other).collect(Collectors.joining("", "" + address, ""));
    List<String> command =
        new ArrayList<>(List.of("server", "--stop-at-end-of-input", "--ips", ips));
    command.addAll(properties);
    Path log = identity.resolveSibling("run").resolve("node.log");
    return new NodeProcess(
        address, ProgramProcess.start("Node " + address, home, log, HEAP, command));
  }

  public HostPort address() {
    return address;
  }

  /** Processor time since it was started; empty where the system doesn't say. */
  Optional<Duration> cpuTime() {
    return process.cpuTime();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  boolean isPaused() {
    return process.isPaused();
  }

  void pause() {
    process.pause();
  }

  void resume() {
    process.resume();
  }

  /**
   * Ends the process at once, as {@code kill -9} does, and waits until it is gone.
   *
   * @throws Failure where it is not gone after several seconds
   */
  void kill() {
    process.kill();
  }

  /**
   * Has the node stop in an orderly way, and waits until it is gone.
   *
   * @throws Failure where it is not gone after the time that a node has for it
   */
  void stop() {
    process.stop();
  }

  /** Waits as {@link ProgramProcess#awaitUp} does. */
  void awaitUp(BooleanSupplier isUp, Consumer<String> out) {
    process.awaitUp("to serve with all others", isUp, out);
  }
}
