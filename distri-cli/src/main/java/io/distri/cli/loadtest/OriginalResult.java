package io.distri.cli.loadtest;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * A row of the original's results.
 *
 * @param failed tasks, as its clients counted them
 * @param completion mean time of a task on its node; zero where no node had completed any
 * @param response mean time of a task for its client
 * @param saved documents that were left in the end; empty where the test added none
 */
record OriginalResult(
    Cell cell, long failed, Duration completion, Duration response, OptionalLong saved) {

  /** Reads a line of its file. */
  static OriginalResult parse(String line) {
    String[] fields = line.split(",", -1);
    return new OriginalResult(
        new Cell(Integer.parseInt(fields[0]), Integer.parseInt(fields[1])),
        Long.parseLong(fields[2]),
        withUnit(fields[3]),
        seconds(fields[4]),
        fields.length > 5 ? OptionalLong.of(Long.parseLong(fields[5])) : OptionalLong.empty());
  }

  /** Such as 52.85ms or 2.01s. */
  private static Duration withUnit(String text) {
    if (text.endsWith("ms")) {
      return Duration.ofNanos(Math.round(number(text, "ms") * 1e6));
    }
    return Duration.ofNanos(Math.round(number(text, "s") * 1e9));
  }

  private static double number(String text, String unit) {
    return Double.parseDouble(text.substring(0, text.length() - unit.length()));
  }

  private static Duration seconds(String text) {
    return Duration.ofNanos(Math.round(Double.parseDouble(text) * 1e9));
  }
}
