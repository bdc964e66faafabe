package io.distri.cli.local;

import io.distri.cli.terminal.Failure;
import io.distri.protocol.HostPort;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A node as a process of its own on this machine: the {@code server} command of this same program.
 * It ends with the process that started it, however that one ends.
 */
public final class NodeProcess {

  /** Holds images of the default size limit, and leaves a laptop room for seven. */
  private static final String HEAP = "-Xmx512m";

  private static final List<String> START_OPTIONS =
      List.of("-XX:AOTCache=", "-Xlog:aot", "-XX:TieredStopAtLevel=");

  /** How long a killed process may take to be gone; the kernel does it at once. */
  private static final Duration GONE = Duration.ofSeconds(10);

  /** Lines of a log that are worth showing. */
  private static final int TAIL = 15;

  private final HostPort address;
  private final Path log;
  private final Process process;

  private NodeProcess(HostPort address, Path log, Process process) {
    this.address = address;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a node, without waiting until it serves.
   *
   * @param home of all nodes of its cluster
   * @param others the cluster's other nodes
   * @param durable whether it keeps its DB on disk
   */
  static NodeProcess start(Home home, HostPort address, List<HostPort> others, boolean durable) {
    Path directory = home.identityDirectory(address).resolveSibling("run");
    Path log = directory.resolve("node.log");
    try {
      Files.createDirectories(directory);
      Process process =
          new ProcessBuilder(command(home, address, others, durable))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new NodeProcess(address, log, process);
    } catch (IOException e) {
      throw Failure.of("Node " + address + " can't be started", e);
    }
  }

  private static List<String> command(
      Home home, HostPort address, List<HostPort> others, boolean durable) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Several nodes share the processors with their clients: a collector with few threads.
    command.addAll(List.of(HEAP, "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(startOptions());
    command.add("-D" + Home.PROPERTY + "=" + home.directory());
    command.addAll(List.of("-cp", classPath(), "io.distri.cli.Main", "server"));
    command.addAll(List.of("--stop-at-end-of-input", "--ips"));
    command.add(
        others.stream()
            .map(other -> "," + other)
            .collect(Collectors.joining("", "" + address, "")));
    if (durable) {
      Path data = home.identityDirectory(address).resolveSibling("db");
      command.add("--distri.node.db.data-dir=" + data.toAbsolutePath());
    }
    return command;
  }

  /** What this process was told so that it starts fast helps its nodes as well. */
  private static List<String> startOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> START_OPTIONS.stream().anyMatch(option::startsWith))
        .toList();
  }

  /** Absolute, because the node runs in a directory of its own. */
  private static String classPath() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  public HostPort address() {
    return address;
  }

  long pid() {
    return process.pid();
  }

  /** Processor time since it was started; empty where the system doesn't say. */
  Optional<Duration> cpuTime() {
    return process.info().totalCpuDuration();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Ends the process at once, as {@code kill -9} does, and waits until it is gone.
   *
   * @throws Failure where it is not gone after several seconds
   */
  void kill() {
    process.destroyForcibly();
    boolean interrupted = false;
    long deadline = System.nanoTime() + GONE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (process.isAlive()) {
      throw new Failure("Node " + address + " (process " + process.pid() + ") can't be ended.");
    }
  }

  /** The last lines that the node said, for the message that it did not start. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return "Its log, %s, ends with:%n%s"
          .formatted(
              log,
              String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size())));
    } catch (IOException unreadable) {
      return "It left no log.";
    }
  }
}
