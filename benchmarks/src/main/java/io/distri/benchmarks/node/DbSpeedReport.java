package io.distri.benchmarks.node;

import io.distri.client.DistriClient;
import io.distri.client.DistriException;
import io.distri.protocol.ServiceNames;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Measures, in turns, 64 callers of one client each: reads of one document and writes with majority
 * acknowledgements on three nodes beside calls of a service that echoes 1 KB on the same nodes,
 * writes on three nodes with data directories, a single thread that syncs, and Redis with one
 * replica ({@code redis-server} must be installed). Prints the medians of the rounds' ratios.
 */
public final class DbSpeedReport {
  private static final int CALLERS = 64;
  private static final int DOCUMENTS = 2000;
  private static final int ROUNDS = Integer.getInteger("rounds", 9);
  private static final Duration TURN = Duration.ofSeconds(Integer.getInteger("seconds", 3));

  /** Before the first round, of each: nodes that were called for less are still being compiled. */
  private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmUp", 20));

  /** The same of writes: what runs once a message between nodes runs for dozens of them at once. */
  private static final Duration WARM_UP_OF_WRITES = WARM_UP.multipliedBy(4);

  private static final String ECHO = "echo of 1 KB";
  private static final String READ = "read of one document";
  private static final String WRITE = "write, majority, memory only";
  private static final String DURABLE = "write, majority, data directories";
  private static final String SYNC = "sync of 1 KB, one thread";
  private static final String REDIS = "Redis, SET and WAIT 1";
  private static final String REDIS_SYNC = "Redis, SET and WAIT 1, appendfsync always";

  private final byte[] kilobyte = Documents.document(0, 0);
  private final Map<String, double[]> rates = new LinkedHashMap<>();
  private final Map<String, double[]> cpuMillis = new LinkedHashMap<>();
  private final LongAdder failed = new LongAdder();

  private DbSpeedReport() {}

  /** Takes no arguments; runs for some minutes. */
  public static void main(String[] arguments) throws Exception {
    new DbSpeedReport().run();
  }

  /** A call to be made again and again. */
  @FunctionalInterface
  private interface Call {
    void make() throws IOException, InterruptedException;
  }

  private void run() throws Exception {
    try (MeasuredCluster memory = new MeasuredCluster(3, false);
        MeasuredCluster durable = new MeasuredCluster(3, true);
        DistriClient inMemory = client(memory);
        DistriClient onDisk = client(durable);
        RedisPair redis = new RedisPair(CALLERS, false);
        RedisPair redisSync = new RedisPair(CALLERS, true)) {
      for (int i = 0; i < DOCUMENTS; i++) {
        write(inMemory, i);
        write(onDisk, i);
      }
      // The others get as many calls as those in memory before anything is counted.
      measure(-1, ECHO, CALLERS, () -> onDisk.sendData(kilobyte, MeasuredNode.ECHO));
      measure(-1, READ, CALLERS, () -> read(onDisk));
      for (int round = -1; round < ROUNDS; round++) {
        measure(round, ECHO, CALLERS, () -> inMemory.sendData(kilobyte, MeasuredNode.ECHO));
        measure(round, READ, CALLERS, () -> read(inMemory));
        measure(round, WRITE, CALLERS, () -> write(inMemory, random()));
        measure(round, DURABLE, CALLERS, () -> write(onDisk, random()));
        syncs(round);
        measure(round, REDIS, CALLERS, () -> write(redis, random()));
        measure(round, REDIS_SYNC, CALLERS, () -> write(redisSync, random()));
      }
    }
    print();
  }

  private void print() {
    System.out.println("| 64 callers, 1 KB, 3 nodes | beside | ratio, median | lowest | highest |");
    System.out.println("|---|---|---|---|---|");
    row(READ, ECHO);
    row(WRITE, ECHO);
    row(DURABLE, WRITE);
    row(DURABLE, SYNC);
    row(WRITE, REDIS);
    row(DURABLE, REDIS_SYNC);
    row(REDIS, ECHO);
    System.out.println();
    rates.forEach((what, each) ->
        System.out.printf(
            Locale.ROOT,
            "%s: %.0f/s, %.2f ms of processor time a call, all processes%n",
            what,
            median(each),
            median(Objects.requireNonNull(cpuMillis.get(what)))));
    System.out.println("failed calls: " + failed.sum());
  }

  private static DistriClient client(MeasuredCluster cluster) {
    return DistriClient.builder().nodes(cluster.addresses().toArray(String[]::new)).build();
  }

  private static int random() {
    return ThreadLocalRandom.current().nextInt(DOCUMENTS);
  }

  private static void read(DistriClient client) {
    client.sendDataWithParams(Documents.filter(random()), ServiceNames.READ_COLLECTION, "catalog");
  }

  private static void write(DistriClient client, int number) {
    byte[] document = Documents.document(number, ThreadLocalRandom.current().nextInt());
    client.sendDataWithParams(document, ServiceNames.UPDATE_DOCUMENT, "catalog");
  }

  private static void write(RedisPair redis, int number) throws InterruptedException {
    byte[] document = Documents.document(number, ThreadLocalRandom.current().nextInt());
    redis.write(Documents.uuid(number), new String(document, StandardCharsets.UTF_8));
  }

  private void measure(int round, String what, int callers, Call call) {
    Duration warmUp = what.equals(WRITE) || what.equals(DURABLE) ? WARM_UP_OF_WRITES : WARM_UP;
    Duration turn = round < 0 ? warmUp : TURN;
    LongAdder done = new LongAdder();
    Duration cpuBefore = cpu();
    long begun = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < callers; caller++) {
        threads.execute(() -> {
          while (System.nanoTime() - begun < turn.toNanos()) {
            try {
              call.make();
              done.increment();
            } catch (DistriException e) {
              failed.increment();
            } catch (IOException | InterruptedException broken) {
              throw new IllegalStateException(broken);
            }
          }
        });
      }
    }
    if (round >= 0) {
      double seconds = (System.nanoTime() - begun) / 1e9;
      rates.computeIfAbsent(what, name -> new double[ROUNDS])[round] = done.sum() / seconds;
      cpuMillis.computeIfAbsent(what, name -> new double[ROUNDS])[round] =
          (double) cpu().minus(cpuBefore).toMillis() / done.sum();
    }
  }

  /**
   * Processor time of this process and of all that it started: on a busy machine it says more than
   * rates do.
   */
  private static Duration cpu() {
    return Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** What one thread reaches that appends 1 KB and syncs, again and again. */
  private void syncs(int round) throws IOException {
    Path file = Files.createTempFile(Path.of("target"), "sync", "");
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
      measure(
          round,
          SYNC,
          1,
          () -> {
            log.write(kilobyte);
            log.getFD().sync();
          });
    } finally {
      Files.delete(file);
    }
  }

  private void row(String of, String beside) {
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      ratios[round] = rates(of)[round] / rates(beside)[round];
    }
    Arrays.sort(ratios);
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.2f | %.2f | %.2f |%n",
        of,
        beside,
        median(ratios),
        ratios[0],
        ratios[ROUNDS - 1]);
  }

  private double[] rates(String what) {
    return Objects.requireNonNull(rates.get(what));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
