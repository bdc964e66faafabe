package io.distri.cli.loadtest.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Places of values on a logarithmic axis from 0 to 1. Zero, which has no logarithm, may have a
 * place of its own at 0, apart from the rest.
 *
 * @param least value that has a place, zero aside
 * @param most value that has a place, more than the least
 * @param hasZero whether zero has a place
 */
public record LogScale(double least, double most, boolean hasZero) {

  /** What zero takes up of the axis. */
  private static final double ZERO_SHARE = 0.12;

  /** Above so many powers of ten, ticks between them crowd. */
  private static final double FEW_DECADES = 3.2;

  /** One on which all these values have a place, and its ends are near the outermost. */
  public static LogScale over(DoubleStream values) {
    double[] positive = values.filter(value -> value > 0).sorted().toArray();
    if (positive.length == 0) {
      return new LogScale(1, 10, false);
    }
    double margin = 1.08;
    return new LogScale(positive[0] / margin, positive[positive.length - 1] * margin, false);
  }

  /** One from power of ten to power of ten, on which all these values have a place. */
  public static LogScale overDecades(DoubleStream values, boolean withZero) {
    LogScale tight = over(values);
    double from = Math.pow(10, Math.floor(Math.log10(tight.least)));
    double to = Math.pow(10, Math.ceil(Math.log10(tight.most)));
    return new LogScale(withZero ? Math.max(1, from) : from, to, withZero);
  }

  /** Whether a value has a place. */
  public boolean has(double value) {
    return value == 0 ? hasZero : value >= least && value <= most;
  }

  /** The place of a value that has one. */
  public double at(double value) {
    if (value == 0) {
      return 0;
    }
    double place = Math.log(value / least) / Math.log(most / least);
    return hasZero ? ZERO_SHARE + (1 - ZERO_SHARE) * place : place;
  }

  /** Round values to name along the axis. */
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (hasZero) {
      ticks.add(0.0);
    }
    List<Integer> steps = Math.log10(most / least) > FEW_DECADES ? List.of(1) : List.of(1, 2, 5);
    int first = (int) Math.floor(Math.log10(least));
    int last = (int) Math.ceil(Math.log10(most));
    for (int power = first; power <= last; power++) {
      for (int step : steps) {
        // Written as people write it: multiplied powers below 1 come out as 0.30000000000000004.
        double tick = Double.parseDouble(step + "e" + power);
        if (has(tick)) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }
}
