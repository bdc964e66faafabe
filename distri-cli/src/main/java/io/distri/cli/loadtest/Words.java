package io.distri.cli.loadtest;

import java.util.Locale;

/** Figures as people read them. */
final class Words {

  private Words() {}

  /** A time with three digits at most and a unit that fits. */
  static String seconds(double seconds) {
    double ms = seconds * 1000;
    if (ms < 999.5) {
      return digits(ms) + " ms";
    }
    return digits(seconds) + " s";
  }

  private static String digits(double value) {
    if (value >= 100 || value == Math.rint(value)) {
      return count(value);
    }
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }

  /** A whole number. */
  static String count(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A whole number in little room. */
  static String plain(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  static String nodes(int count) {
    return count == 1 ? "1 node" : count + " nodes";
  }
}
