package io.distri.cli.loadtest;

import io.distri.cli.loadtest.CellResult.Entries;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Results to write down. */
final class Samples {

  private Samples() {}

  static CellResult result(int servers, int clients, long failed, @Nullable Entries entries) {
    return new CellResult(
        new Cell(servers, clients),
        new Counts(250, failed, 7, 2),
        Duration.ofNanos(52_850_000),
        new Latency(
            Duration.ofNanos(61_500_000),
            Duration.ofMillis(40),
            Duration.ofMillis(99),
            Duration.ofNanos(120_500_000)),
        260,
        new Cost(500 * servers, 250, 60_000_000),
        entries);
  }

  /** What is left of a test in which no call ended well. */
  static CellResult hopeless(int servers, int clients) {
    Latency none = new Latency(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    Cost unknown = new Cost(Double.NaN, 20, Double.NaN);
    return new CellResult(
        new Cell(servers, clients),
        new Counts(10, 10, 0, 0),
        Duration.ZERO,
        none,
        0,
        unknown,
        null);
  }
}
