package io.distri.cli.loadtest;

import io.distri.cli.loadtest.CellResult.Entries;
import io.distri.cli.terminal.TextTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Results for the eye, with what the original's clients saw fail beside them. */
final class ResultTable {

  private ResultTable() {}

  /** The table's lines. */
  static List<String> lines(Kind kind, List<CellResult> results) {
    List<String> heading =
        new ArrayList<>(
            List.of(
                "nodes",
                "clients",
                "tasks",
                "failed",
                "original failed",
                "mean ms",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "sends/task"));
    if (kind == Kind.DB) {
      heading.addAll(List.of("acknowledged", "on every node"));
    }
    TextTable table = new TextTable(heading.toArray(String[]::new));
    OriginalResults original = OriginalResults.of(kind);
    results.forEach(result -> table.add(cells(original, result).toArray(String[]::new)));
    return table.lines();
  }

  private static List<String> cells(OriginalResults original, CellResult result) {
    Cell cell = result.cell();
    OptionalLong before = original.failed(cell.servers(), cell.clients());
    List<String> cells =
        new ArrayList<>(
            List.of(
                Integer.toString(cell.servers()),
                Integer.toString(cell.clients()),
                Long.toString(result.calls()),
                Long.toString(result.failed()),
                before.isPresent() ? Long.toString(before.getAsLong()) : "–",
                ms(result.response()),
                ms(result.p50()),
                ms(result.p99()),
                ms(result.p999()),
                String.format(Locale.ROOT, "%.2f", result.sendsPerTask())));
    Entries entries = result.entries();
    if (entries != null) {
      cells.add(Long.toString(entries.acknowledged()));
      cells.add(Long.toString(entries.saved()));
    }
    return cells;
  }

  private static String ms(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toNanos() / 1e6);
  }
}
