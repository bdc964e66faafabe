package io.distri.cli.loadtest;

import io.distri.cli.loadtest.CellResult.Entries;
import io.distri.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Results as a file: the original's columns under their names and in their spelling, then
 * percentiles in milliseconds. A row is on disk as soon as its test has ended.
 */
final class ResultsCsv {

  private final Path file;

  private ResultsCsv(Path file) {
    this.file = file;
  }

  /** Begins the file, in place of one that is there. */
  static ResultsCsv create(Path directory, Kind kind) {
    Path file = directory.resolve(kind.key() + ".csv");
    try {
      Files.createDirectories(directory);
      Files.writeString(file, header(kind) + "\n");
    } catch (IOException e) {
      throw Failure.of("The results can't be written", e);
    }
    return new ResultsCsv(file);
  }

  void add(CellResult result) {
    try {
      Files.writeString(file, row(result) + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw Failure.of("The results can't be written", e);
    }
  }

  Path file() {
    return file;
  }

  static String header(Kind kind) {
    return "servers,clients,Total failed tasks,Avg Completion Time,Avg response time"
        + (kind == Kind.DB ? ",Entries saved" : "")
        + ",p50_ms,p99_ms,p99_9_ms,sends_per_task";
  }

  static String row(CellResult result) {
    List<String> fields = new ArrayList<>();
    fields.add(Integer.toString(result.cell().servers()));
    fields.add(Integer.toString(result.cell().clients()));
    fields.add(Long.toString(result.failed()));
    fields.add(withUnit(result.completion()));
    fields.add(decimal("%.6f", result.response().toNanos() / 1e9));
    Entries entries = result.entries();
    if (entries != null) {
      fields.add(Long.toString(entries.saved()));
    }
    fields.add(ms(result.p50()));
    fields.add(ms(result.p99()));
    fields.add(ms(result.p999()));
    fields.add(decimal("%.3f", result.sendsPerTask()));
    return String.join(",", fields);
  }

  /** As the original wrote it: milliseconds up to a second, then seconds. */
  private static String withUnit(Duration time) {
    double ms = time.toNanos() / 1e6;
    return ms < 1000 ? decimal("%.2fms", ms) : decimal("%.2fs", ms / 1000);
  }

  private static String ms(Duration time) {
    return decimal("%.3f", time.toNanos() / 1e6);
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
