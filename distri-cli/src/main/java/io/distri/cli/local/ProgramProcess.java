package io.distri.cli.local;

import io.distri.cli.terminal.Failure;
import io.distri.cli.terminal.LongWait;
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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A command of this same program as a process of its own. It ends with the process that started it,
 * however that one ends.
 */
final class ProgramProcess {

  private static final List<String> START_OPTIONS =
      List.of("-XX:AOTCache=", "-Xlog:aot", "-XX:TieredStopAtLevel=");

  /** Processor time that is progress, not the heartbeats of a program that waits. */
  private static final Duration WORK = Duration.ofSeconds(2);

  /** How long a killed process may take to be gone; the kernel does it at once. */
  private static final Duration GONE = Duration.ofSeconds(10);

  /** How long one that was told to stop may take: a node ends the calls that it holds. */
  private static final Duration STOPPED = Duration.ofSeconds(60);

  /** Lines of a log that are worth showing. */
  private static final int TAIL = 15;

  private final String name;
  private final Path log;
  private final Process process;
  private @Nullable Pause pause;

  private ProgramProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a command, without waiting for anything.
   *
   * @param name for messages, such as {@code Node 127.0.0.1:3000}
   * @param home that the command is told
   * @param log in the directory that the process runs in, which appears
   * @param heap as {@code -Xmx512m}
   * @param command its first word and what follows
   */
  static ProgramProcess start(String name, Home home, Path log, String heap, List<String> command) {
    try {
      Path directory = Files.createDirectories(log.resolveSibling("."));
      Process process =
          new ProcessBuilder(line(home, options(emptied(directory.resolve("tmp")), heap), command))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new ProgramProcess(name, log, process);
    } catch (IOException e) {
      throw Failure.of(name + " can't be started", e);
    }
  }

  /** One that was killed takes its temporary files away no more: they are in a place of its own. */
  private static Path emptied(Path temporary) throws IOException {
    FileSystemUtils.deleteRecursively(temporary);
    return Files.createDirectory(temporary).toRealPath();
  }

  private static List<String> options(Path temporary, String heap) {
    List<String> options = new ArrayList<>(startOptions());
    // Several programs share the processors with their clients: a collector with few threads.
    options.addAll(List.of(heap, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    options.add("-Djava.io.tmpdir=" + temporary);
    return options;
  }

  /** The command line that runs a command of this program. */
  static List<String> line(Home home, List<String> options, List<String> command) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("--enable-native-access=ALL-UNNAMED");
    line.addAll(options);
    line.add("-D" + Home.PROPERTY + "=" + home.directory());
    line.addAll(List.of("-cp", classPath(), "io.distri.cli.Main"));
    line.addAll(command);
    return line;
  }

  /** What this process was told so that it starts fast helps its children as well. */
  private static List<String> startOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> START_OPTIONS.stream().anyMatch(option::startsWith))
        .toList();
  }

  /** Absolute, because the process runs in a directory of its own. */
  private static String classPath() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Processor time since it was started; empty where the system doesn't say. */
  Optional<Duration> cpuTime() {
    return process.info().totalCpuDuration();
  }

  /**
   * Waits until the program is up, for as long as it works: it is given up where it ended, or where
   * it has had hardly any processor time for a minute.
   *
   * @param what it is to do, as in {@code to serve}
   * @throws Failure where it does not
   */
  void awaitUp(String what, BooleanSupplier isUp, Consumer<String> out) {
    LongSupplier level =
        () ->
            !isAlive() || isUp.getAsBoolean()
                ? Long.MAX_VALUE
                : cpuTime().orElse(Duration.ZERO).dividedBy(WORK);
    boolean ended = new LongWait(out).until(name + " " + what, level, Long.MAX_VALUE);
    if (!ended || !isAlive()) {
      throw new Failure(name + " did not come " + what + ". " + lastWords());
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it is stopped. */
  synchronized boolean isPaused() {
    return pause != null && process.isAlive();
  }

  /** Stops it where it is, if it is not stopped already. */
  synchronized void pause() {
    if (pause == null) {
      pause = Pause.of(process.pid());
    }
  }

  /** Lets it go on, if it was stopped. */
  synchronized void resume() {
    if (pause != null) {
      pause.close();
      pause = null;
    }
  }

  /**
   * Ends the process at once, as {@code kill -9} does, and waits until it is gone.
   *
   * @throws Failure where it is not gone after several seconds
   */
  void kill() {
    process.destroyForcibly();
    awaitGone(GONE);
  }

  /**
   * Has the process stop, as SIGTERM does, and waits until it is gone.
   *
   * @throws Failure where it is not gone after the time that a node has for it
   */
  void stop() {
    process.destroy();
    awaitGone(STOPPED);
  }

  private void awaitGone(Duration patience) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + patience.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    resume();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (process.isAlive()) {
      throw new Failure(name + " (process " + process.pid() + ") can't be ended.");
    }
  }

  /** The last lines that it said, for the message that it did not start. */
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
