package io.distri.cli.loadtest;

import io.distri.cli.loadtest.CellResult.Entries;
import io.distri.cli.terminal.TextTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results for the eye; those of the original's test with what its clients saw fail. */
final class ResultTable {

  private ResultTable() {}

  /** The table's lines. */
  static List<String> lines(Kind kind, Load load, List<CellResult> results) {
    TextTable table = new TextTable(heading(kind, load).toArray(String[]::new));
    OriginalResults original = OriginalResults.of(kind);
    results.forEach(result -> table.add(cells(original, load, result).toArray(String[]::new)));
    return table.lines();
  }

  private static List<String> heading(Kind kind, Load load) {
    List<String> heading = new ArrayList<>(List.of("nodes", "clients", "calls", "failed"));
    heading.addAll(
        load instanceof OpenLoop ? List.of("late", "not started") : List.of("original failed"));
    heading.addAll(List.of("mean ms", "p50 ms", "p99 ms", "p99.9 ms", "sends/call"));
    if (kind == Kind.DB) {
      heading.addAll(List.of("acknowledged", "on every node"));
    }
    return heading;
  }

  private static List<String> cells(OriginalResults original, Load load, CellResult result) {
    Cell cell = result.cell();
    Counts counts = result.counts();
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(cell.servers()));
    cells.add(Integer.toString(cell.clients()));
    cells.add(Long.toString(counts.calls()));
    cells.add(Long.toString(counts.failed()));
    if (load instanceof OpenLoop) {
      cells.add(Long.toString(counts.late()));
      cells.add(Long.toString(counts.notStarted()));
    } else {
      cells.add(original.at(cell).map(then -> Long.toString(then.failed())).orElse("–"));
    }
    cells.add(ms(result.latency().mean()));
    cells.add(ms(result.latency().p50()));
    cells.add(ms(result.latency().p99()));
    cells.add(ms(result.latency().p999()));
    cells.add(String.format(Locale.ROOT, "%.2f", result.sendsPerTask()));
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
