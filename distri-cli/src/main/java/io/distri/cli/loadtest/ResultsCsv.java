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
 * percentiles in milliseconds and what else was counted. A row is on disk as soon as its test has
 * ended.
 */
final class ResultsCsv {

  private final Plan plan;

  private ResultsCsv(Plan plan) {
    this.plan = plan;
  }

  /** Begins the file, in place of one that is there. */
  static ResultsCsv create(Plan plan) {
    ResultsCsv csv = new ResultsCsv(plan);
    try {
      Files.createDirectories(plan.out());
      Files.writeString(csv.file(), header(plan.kind(), plan.load()) + "\n");
    } catch (IOException e) {
      throw Failure.of("The results can't be written", e);
    }
    return csv;
  }

  void add(CellResult result) {
    try {
      Files.writeString(file(), row(result, plan.load()) + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw Failure.of("The results can't be written", e);
    }
  }

  Path file() {
    return plan.file(".csv");
  }

  private static String header(Kind kind, Load load) {
    return "servers,clients,Total failed tasks,Avg Completion Time,Avg response time"
        + (kind == Kind.DB ? ",Entries saved" : "")
        + ",p50_ms,p99_ms,p99_9_ms,sends_per_task,nodes_cpu_ms,client_cpu_ms,client_bytes"
        + (kind == Kind.DB ? ",acknowledged" : "")
        + (load instanceof OpenLoop ? ",rate_per_s,duration_s,calls,late,not_started" : "");
  }

  private static String row(CellResult result, Load load) {
    Latency latency = result.latency();
    Entries entries = result.entries();
    List<String> fields = new ArrayList<>();
    fields.add(Integer.toString(result.cell().servers()));
    fields.add(Integer.toString(result.cell().clients()));
    fields.add(Long.toString(result.counts().failed()));
    fields.add(withUnit(result.completion()));
    fields.add(decimal("%.6f", latency.mean().toNanos() / 1e9));
    if (entries != null) {
      fields.add(Long.toString(entries.saved()));
    }
    fields.add(ms(latency.p50()));
    fields.add(ms(latency.p99()));
    fields.add(ms(latency.p999()));
    fields.add(decimal("%.3f", result.sendsPerTask()));
    Cost cost = result.cost().each(result.counts().calls());
    fields.add(known("%.3f", cost.nodesCpuMs()));
    fields.add(known("%.3f", cost.clientCpuMs()));
    fields.add(known("%.0f", cost.clientBytes()));
    if (entries != null) {
      fields.add(Long.toString(entries.acknowledged()));
    }
    if (load instanceof OpenLoop open) {
      Counts counts = result.counts();
      fields.add(Integer.toString(open.rate()));
      fields.add(open.seconds());
      fields.add(Long.toString(counts.calls()));
      fields.add(Long.toString(counts.late()));
      fields.add(Long.toString(counts.notStarted()));
    }
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

  /** Empty where there is no number. */
  private static String known(String format, double value) {
    return Double.isFinite(value) ? decimal(format, value) : "";
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
