package io.distri.benchmarks.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Prints how long a node takes from {@code java} to its first answer as ready, and how much memory
 * it has resident when idle: the plain jar compared with what the image runs, alternating, each
 * with a new key and an empty DB on disk. For Linux; uses Java alone, so that it also runs as it
 * is, without Maven:
 *
 * <pre>java benchmarks/src/main/java/io/distri/benchmarks/node/StartReport.java [ROUNDS]</pre>
 */
public final class StartReport {

  private static final Path JAR = Path.of("cloud-node-service/target/cloud-node-service-exec.jar");
  private static final Path OPTIONS = Path.of("cloud-node-service/java.options");

  /** Whether Maven ran on a JDK that makes beans ahead of time. */
  private static final Path AOT_OPTIONS = Path.of("cloud-node-service/target/aot.options");

  /** What the image runs, and the first that makes a cache in one run. */
  private static final int IMAGE_JAVA = 25;

  private static final int ROUNDS = 10;
  private static final int PORT = 23_400;
  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(20);

  private static final byte[] REQUEST =
      """
      GET /actuator/health/readiness HTTP/1.1\r
      Host: 127.0.0.1\r
      Connection: close\r
      \r
      """
          .getBytes(StandardCharsets.UTF_8);

  private static final String ANSWER = "HTTP/1.1 200";

  /** What a start leaves behind has been collected or written by then. */
  private static final Duration IDLE = Duration.ofSeconds(10);

  /** The clock of /proc: 100 ticks a second on every Linux that Java runs on. */
  private static final double TICKS = 100;

  private final String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private final Path directory;

  private StartReport(Path directory) {
    this.directory = directory;
  }

  /** A way to run a node. */
  private record Way(String name, List<String> command, List<Start> starts) {}

  /** What one start took. */
  private record Start(double seconds, double cpuSeconds, double megabytes) {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (Runtime.version().feature() < IMAGE_JAVA) {
      throw new IllegalStateException(
          "The image runs Java " + IMAGE_JAVA + ": run this with it, not " + Runtime.version());
    }
    Path directory = Files.createTempDirectory("distri-start");
    new StartReport(directory).run(args.length == 0 ? ROUNDS : Integer.parseInt(args[0]));
  }

  private void run(int rounds) throws IOException, InterruptedException {
    String jar = JAR.toAbsolutePath().toString();
    List<String> options =
        List.of("@" + OPTIONS.toAbsolutePath(), "@" + AOT_OPTIONS.toAbsolutePath());
    command(List.of("-Djarmode=tools", "-jar", jar, "extract", "--destination", "app"));
    Files.move(
        directory.resolve("app/cloud-node-service-exec.jar"), directory.resolve("app/node.jar"));
    List<String> training = new ArrayList<>(options);
    training.addAll(
        List.of(
            "-XX:+UseG1GC",
            "-XX:AOTCacheOutput=node.aot",
            "-Xlog:aot*=error",
            "-Dspring.context.exit=onRefresh",
            "-jar",
            "app/node.jar"));
    command(training);
    // The heap that a container of 768 MB gives: without a bound each would take what the machine
    // has.
    String heap = "-Xmx460m";
    List<String> image = new ArrayList<>(options);
    image.addAll(
        List.of(
            heap,
            "-XX:+UseSerialGC",
            "-XX:AOTCache=node.aot",
            "-XX:AOTMode=on",
            "-jar",
            "app/node.jar"));
    List<Way> ways =
        List.of(
            new Way("plain jar", List.of(heap, "-jar", jar), new ArrayList<>()),
            new Way("image", image, new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (Way way : ways) {
        way.starts.add(start(way));
      }
    }
    print(ways);
  }

  private void command(List<String> arguments) throws IOException, InterruptedException {
    Process process = process(arguments);
    if (process.waitFor() != 0) {
      throw new IOException(arguments + " failed, see " + directory.resolve("log"));
    }
  }

  private Process process(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log").toFile())
        .start();
  }

  private Start start(Way way) throws IOException, InterruptedException {
    Path state = Files.createTempDirectory(directory, "node");
    List<String> arguments = new ArrayList<>(way.command);
    arguments.add("--distri.node.address=127.0.0.1:" + PORT);
    arguments.add("--distri.node.identity.dir=" + state.resolve("identity"));
    arguments.add("--distri.node.db.data-dir=" + state.resolve("db"));
    long begun = System.nanoTime();
    Process node = process(arguments);
    try {
      while (!isReady()) {
        if (!node.isAlive() || System.nanoTime() - begun > START.toNanos()) {
          throw new IOException(way.name + " did not start, see " + directory.resolve("log"));
        }
        TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      double cpu = cpuSeconds(node.pid());
      TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
      return new Start(seconds, cpu, residentMegabytes(node.pid()));
    } finally {
      node.destroyForcibly().waitFor();
    }
  }

  /**
   * Asks by a bare socket: an HTTP client that is refused fifty times a second would take a part of
   * the processors that the start needs.
   */
  private static boolean isReady() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
      socket.setSoTimeout((int) START.toMillis());
      socket.getOutputStream().write(REQUEST);
      return new String(socket.getInputStream().readNBytes(ANSWER.length()), StandardCharsets.UTF_8)
          .equals(ANSWER);
    } catch (IOException notYet) {
      return false;
    }
  }

  private static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    // The second field is the name in brackets, which may hold spaces; utime and stime are the 14th
    // and 15th.
    String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(rest[11]) + Long.parseLong(rest[12])) / TICKS;
  }

  private static double residentMegabytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
        .findFirst()
        .orElseThrow();
  }

  private static void print(List<Way> ways) {
    System.out.println("| median | first answer | processor time | resident, idle |");
    System.out.println("|---|---|---|---|");
    for (Way way : ways) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f s | %.2f s | %.0f MB |%n",
          way.name,
          median(seconds(way)),
          median(way.starts.stream().mapToDouble(Start::cpuSeconds).toArray()),
          median(way.starts.stream().mapToDouble(Start::megabytes).toArray()));
    }
    double[] plain = seconds(ways.get(0));
    double[] image = seconds(ways.get(1));
    double[] ratios = new double[plain.length];
    Arrays.setAll(ratios, round -> image[round] / plain[round]);
    System.out.printf(
        Locale.ROOT,
        "%nimage : plain jar, median of %d turns: %.2f%n",
        ratios.length,
        median(ratios));
  }

  private static double[] seconds(Way way) {
    return way.starts.stream().mapToDouble(Start::seconds).toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
