package io.distri.benchmarks.image;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Measures what {@link SealedImageBenchmark} measures, in turns, and prints the ratios as a table.
 * It counts the CPU time of its own thread, not the time on the wall, and takes the median of many
 * rounds in which each task runs once: other work on the machine then blurs the ratios little.
 */
public final class SealedImageReport {

  /** Long enough for the compilers, which have to keep up on a busy machine. */
  private static final Duration WARM_UP = Duration.ofSeconds(4);

  /** CPU time that a task gets in a round, or one run of it where that takes longer. */
  private static final Duration TURN = Duration.ofMillis(60);

  private static final int ROUNDS = 21;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private SealedImageReport() {}

  /** Takes no arguments; runs for some minutes. */
  public static void main(String[] arguments) throws Exception {
    List<Map<String, Cost>> sizes = new ArrayList<>();
    List<Long> outputs = new ArrayList<>();
    for (String bytes : SealedImageBenchmark.IMAGE_BYTES) {
      SealedImageBenchmark benchmark = new SealedImageBenchmark();
      benchmark.imageBytes = Integer.parseInt(bytes);
      benchmark.prepare();
      outputs.add((long) benchmark.seal());
      sizes.add(measure(benchmark));
    }
    System.out.println("| CPU time, median of " + ROUNDS + " rounds | 80 KB | 3 MiB |");
    System.out.println("|---|---|---|");
    ratio(sizes, "seal is faster than ImageIO's way, times", "ImageIO's way", "seal");
    ratio(sizes, "seal / Jagged alone", "seal", "Jagged seals");
    ratio(sizes, "open / Jagged alone", "open", "Jagged opens");
    ratio(sizes, "seal / copy and checksums of its output", "seal", "copy and checksums");
    micros(sizes);
    for (int i = 0; i < sizes.size(); i++) {
      Cost seal = sizes.get(i).get("seal");
      Cost jagged = sizes.get(i).get("Jagged seals");
      if (seal != null && jagged != null) {
        double image = Long.parseLong(SealedImageBenchmark.IMAGE_BYTES.get(i));
        double output = outputs.get(i);
        System.out.printf(
            Locale.ROOT,
            "%.0f bytes: output / input %.3f, allocated by seal / output %.2f,"
                + " beyond Jagged's own %.2f%n",
            image,
            output / image,
            seal.allocatedBytes / output,
            (seal.allocatedBytes - jagged.allocatedBytes) / output);
      }
    }
  }

  private static Map<String, Cost> measure(SealedImageBenchmark benchmark) throws Exception {
    Map<String, Callable<?>> tasks = new LinkedHashMap<>();
    tasks.put("ImageIO's way", benchmark::hideByImageIo);
    tasks.put("Jagged seals", benchmark::sealByJaggedAlone);
    tasks.put("seal", benchmark::seal);
    tasks.put("Jagged opens", benchmark::openByJaggedAlone);
    tasks.put("open", benchmark::open);
    tasks.put("copy and checksums", benchmark::copyAndChecksums);
    Map<String, Cost> costs = new LinkedHashMap<>();
    for (Map.Entry<String, Callable<?>> task : tasks.entrySet()) {
      run(task.getValue(), WARM_UP);
      costs.put(task.getKey(), new Cost());
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, Cost> cost : costs.entrySet()) {
        Callable<?> task = tasks.get(cost.getKey());
        if (task != null) {
          cost.getValue().add(run(task, TURN));
        }
      }
    }
    return costs;
  }

  private static Turn run(Callable<?> task, Duration least) throws Exception {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long start = THREADS.getCurrentThreadCpuTime();
    long spent;
    int runs = 0;
    do {
      task.call();
      runs++;
      spent = THREADS.getCurrentThreadCpuTime() - start;
    } while (spent < least.toNanos());
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    return new Turn((double) spent / runs, (double) allocated / runs);
  }

  private static void ratio(
      List<Map<String, Cost>> sizes, String name, String above, String below) {
    StringBuilder line = new StringBuilder("| ").append(name).append(" |");
    for (Map<String, Cost> costs : sizes) {
      Cost dividend = costs.get(above);
      Cost divisor = costs.get(below);
      if (dividend != null && divisor != null) {
        double ratio = dividend.medianRatio(divisor);
        line.append(String.format(Locale.ROOT, ratio < 20 ? " %.2f |" : " %.0f |", ratio));
      }
    }
    System.out.println(line);
  }

  /** What the ratios are made of, for who wonders; other machines have other figures. */
  private static void micros(List<Map<String, Cost>> sizes) {
    for (String task : sizes.get(0).keySet()) {
      StringBuilder line = new StringBuilder("| (").append(task).append(", µs) |");
      for (Map<String, Cost> costs : sizes) {
        Cost cost = costs.get(task);
        line.append(
            String.format(Locale.ROOT, " (%.0f) |", cost == null ? 0 : cost.medianNanos() / 1000));
      }
      System.out.println(line);
    }
  }

  /**
   * One task in one round.
   *
   * @param nanos CPU time of a run
   * @param allocatedBytes by a run
   */
  private record Turn(double nanos, double allocatedBytes) {}

  /** One task in all rounds. */
  private static final class Cost {

    private final List<Double> nanos = new ArrayList<>();
    private double allocatedBytes;

    void add(Turn turn) {
      nanos.add(turn.nanos);
      allocatedBytes = turn.allocatedBytes;
    }

    double medianNanos() {
      return nanos.stream().sorted().toList().get(nanos.size() / 2);
    }

    /** The median, over the rounds, of this cost divided by the other in the same round. */
    double medianRatio(Cost other) {
      double[] ratios = new double[nanos.size()];
      for (int round = 0; round < ratios.length; round++) {
        ratios[round] = nanos.get(round) / other.nanos.get(round);
      }
      Arrays.sort(ratios);
      return ratios[ratios.length / 2];
    }
  }
}
