package io.distri.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An axis of a chart: which value is where, and what is written beside it.
 *
 * @param logarithmic whether values are placed by their logarithm
 */
record Axis(
    double low, double high, double from, double to, boolean logarithmic, List<Double> ticks) {

  private static final int MOST_TICKS = 9;

  static Axis fromZero(double[] values, double from, double to) {
    return linear(0, Arrays.stream(values).max().orElse(1), from, to);
  }

  static Axis linear(double[] values, double from, double to) {
    return linear(
        Arrays.stream(values).min().orElse(0), Arrays.stream(values).max().orElse(1), from, to);
  }

  private static Axis linear(double least, double most, double from, double to) {
    double step = step(Math.max(most - least, 1e-9));
    double low = StrictMath.floor(least / step) * step;
    double high = StrictMath.ceil(most / step) * step;
    List<Double> ticks = new ArrayList<>();
    long count = StrictMath.round((high - low) / step);
    for (int i = 0; i <= count; i++) {
      ticks.add(low + i * step);
    }
    return new Axis(low, high, from, to, false, List.copyOf(ticks));
  }

  /** From the power of ten below to the one above. */
  static Axis logarithmic(double[] values, double from, double to) {
    double low = 1;
    while (low * 10 <= Arrays.stream(values).min().orElse(1)) {
      low *= 10;
    }
    List<Double> ticks = new ArrayList<>(List.of(low));
    double high = low;
    while (high < Arrays.stream(values).max().orElse(1)) {
      high *= 10;
      ticks.add(high);
    }
    return new Axis(low, high, from, to, true, List.copyOf(ticks));
  }

  private static double step(double range) {
    double unit = 1e-6;
    while (true) {
      for (double factor : new double[] {1, 2, 5}) {
        if (range / (unit * factor) <= MOST_TICKS) {
          return unit * factor;
        }
      }
      unit *= 10;
    }
  }

  double at(double value) {
    double share =
        logarithmic
            ? StrictMath.log(Math.max(value, low) / low) / StrictMath.log(high / low)
            : (value - low) / (high - low);
    return from + share * (to - from);
  }
}
