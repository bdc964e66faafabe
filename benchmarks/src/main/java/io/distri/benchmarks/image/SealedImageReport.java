package io.distri.benchmarks.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs {@link SealedImageBenchmark} a few times over and prints the ratios as a table, each the
 * median of the rounds: what disturbs the machine for a while disturbs a round, not a ratio.
 */
public final class SealedImageReport {

  private static final int DEFAULT_ROUNDS = 5;
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private SealedImageReport() {}

  /**
   * @param arguments how many rounds; 5 where nothing is given
   */
  public static void main(String[] arguments) throws RunnerException {
    int rounds = arguments.length == 0 ? DEFAULT_ROUNDS : Integer.parseInt(arguments[0]);
    List<Round> measured = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      measured.add(run());
    }
    System.out.println("| | 80 KB | 3 MiB |");
    System.out.println("|---|---|---|");
    print(measured, "seal, times faster than ImageIO's way", "hideByImageIo", "seal");
    print(measured, "seal / Jagged alone", "seal", "sealByJaggedAlone");
    print(measured, "open / Jagged alone", "open", "openByJaggedAlone");
    print(measured, "seal / copy and checksums of its output", "seal", "copyAndChecksums");
    printAllocation(measured);
  }

  private static Round run() throws RunnerException {
    Map<String, Double> micros = new HashMap<>();
    Map<String, Double> allocated = new HashMap<>();
    for (RunResult result :
        new Runner(
                new OptionsBuilder()
                    .include(SealedImageBenchmark.class.getName())
                    .forks(1)
                    .warmupIterations(2)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(3)
                    .measurementTime(TimeValue.seconds(1))
                    .addProfiler(GCProfiler.class)
                    .build())
            .run()) {
      String key =
          result.getPrimaryResult().getLabel() + " " + result.getParams().getParam("imageBytes");
      micros.put(key, result.getPrimaryResult().getScore());
      result
          .getSecondaryResults()
          .forEach(
              (name, value) -> {
                if (name.endsWith(ALLOCATED)) {
                  allocated.put(key, value.getScore());
                }
              });
    }
    return new Round(micros, allocated);
  }

  private static void print(List<Round> rounds, String name, String above, String below) {
    StringBuilder line = new StringBuilder("| ").append(name).append(" |");
    for (String bytes : SealedImageBenchmark.IMAGE_BYTES) {
      double ratio =
          median(
              rounds.stream()
                  .mapToDouble(
                      round ->
                          round.micros().getOrDefault(above + " " + bytes, Double.NaN)
                              / round.micros().getOrDefault(below + " " + bytes, Double.NaN))
                  .toArray());
      line.append(String.format(Locale.ROOT, ratio < 10 ? " %.2f |" : " %.0f |", ratio));
    }
    System.out.println(line);
  }

  private static void printAllocation(List<Round> rounds) {
    StringBuilder line = new StringBuilder("| bytes allocated by seal (by Jagged alone) |");
    for (String bytes : SealedImageBenchmark.IMAGE_BYTES) {
      line.append(
          String.format(
              Locale.ROOT,
              " %,.0f (%,.0f) |",
              allocated(rounds, "seal " + bytes),
              allocated(rounds, "sealByJaggedAlone " + bytes)));
    }
    System.out.println(line);
  }

  private static double allocated(List<Round> rounds, String key) {
    return median(
        rounds.stream()
            .mapToDouble(round -> round.allocated().getOrDefault(key, Double.NaN))
            .toArray());
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** One run of every benchmark, by its name and the image's bytes. */
  private record Round(Map<String, Double> micros, Map<String, Double> allocated) {}
}
