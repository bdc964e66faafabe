package io.distri.benchmarks.node;

import io.distri.client.DistriClient;
import io.distri.client.DistriException;
import io.distri.protocol.ServiceNames;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures reads of one document and writes with majority acknowledgements on three nodes beside
 * calls of a service that echoes 1 KB on the same nodes, in turns, 64 callers of one client; then
 * writes on three nodes with data directories, beside a single thread that syncs. Medians over the
 * rounds.
 */
public final class DbSpeedReport {
  private static final int CALLERS = 64;
  private static final int DOCUMENTS = 2000;
  private static final int ROUNDS = 3;
  private static final Duration TURN = Duration.ofSeconds(3);

  private final byte[] kilobyte = Documents.document(0, 0);
  private final LongAdder failed = new LongAdder();

  private DbSpeedReport() {}

  /** Takes no arguments; runs for some minutes. */
  public static void main(String[] arguments) throws Exception {
    new DbSpeedReport().run();
  }

  private void run() throws Exception {
    double[][] memory = rounds(false);
    double[][] durable = rounds(true);
    double[] syncs = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      syncs[round] = syncs();
    }
    System.out.println("| 3 nodes, 64 callers, 1 KB | ratio |");
    System.out.println("|---|---|");
    row("reads of one document / echo", ratio(memory[1], memory[0]));
    row("writes with majority acks, memory only / echo", ratio(memory[2], memory[0]));
    row("writes with data directories / echo of the same nodes", ratio(durable[2], durable[0]));
    row("writes with data directories / memory only", median(durable[2]) / median(memory[2]));
    row("writes with data directories / syncs of one thread", median(durable[2]) / median(syncs));
    System.out.printf(
        Locale.ROOT,
        "| (calls/s: echo %.0f, read %.0f, write %.0f, durable write %.0f; syncs/s %.0f; failed calls %d) | |%n",
        median(memory[0]),
        median(memory[1]),
        median(memory[2]),
        median(durable[2]),
        median(syncs),
        failed.sum());
  }

  /** Calls a second of echo, read and write, by round. */
  private double[][] rounds(boolean durable) throws Exception {
    double[][] rates = new double[3][ROUNDS];
    try (MeasuredCluster cluster = new MeasuredCluster(3, durable);
        DistriClient client =
            DistriClient.builder().nodes(cluster.addresses().toArray(String[]::new)).build()) {
      for (int i = 0; i < DOCUMENTS; i++) {
        write(client, i);
      }
      for (int round = -1; round < ROUNDS; round++) {
        double echo = rate(() -> client.sendData(kilobyte, MeasuredNode.ECHO));
        double read = rate(() -> read(client));
        double write = rate(() -> write(client, ThreadLocalRandom.current().nextInt(DOCUMENTS)));
        if (round >= 0) {
          rates[0][round] = echo;
          rates[1][round] = read;
          rates[2][round] = write;
        }
      }
    }
    return rates;
  }

  private static void read(DistriClient client) {
    byte[] filter = Documents.filter(ThreadLocalRandom.current().nextInt(DOCUMENTS));
    client.sendDataWithParams(filter, ServiceNames.READ_COLLECTION, "catalog");
  }

  private static void write(DistriClient client, int number) {
    byte[] document = Documents.document(number, ThreadLocalRandom.current().nextInt());
    client.sendDataWithParams(document, ServiceNames.UPDATE_DOCUMENT, "catalog");
  }

  private double rate(Runnable call) {
    LongAdder done = new LongAdder();
    long begun = System.nanoTime();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < CALLERS; caller++) {
        callers.execute(() -> {
          while (System.nanoTime() - begun < TURN.toNanos()) {
            try {
              call.run();
              done.increment();
            } catch (DistriException e) {
              failed.increment();
            }
          }
        });
      }
    }
    return done.sum() / ((System.nanoTime() - begun) / 1e9);
  }

  /** What one thread reaches that appends 1 KB and syncs, again and again. */
  private double syncs() throws IOException {
    Path file = Files.createTempFile(Path.of("target"), "sync", "");
    long begun = System.nanoTime();
    long count = 0;
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
      while (System.nanoTime() - begun < TURN.toNanos()) {
        log.write(kilobyte);
        log.getFD().sync();
        count++;
      }
    } finally {
      Files.delete(file);
    }
    return count / ((System.nanoTime() - begun) / 1e9);
  }

  private static double ratio(double[] of, double[] to) {
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      ratios[round] = of[round] / to[round];
    }
    return median(ratios);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void row(String what, double ratio) {
    System.out.printf(Locale.ROOT, "| %s | %.2f |%n", what, ratio);
  }
}
