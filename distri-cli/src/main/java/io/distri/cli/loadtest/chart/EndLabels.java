package io.distri.cli.loadtest.chart;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Moves labels apart that would lie over each other. */
final class EndLabels {

  private EndLabels() {}

  /**
   * Places near those wanted, in the same order from top to bottom, none nearer to another than a
   * gap, all between two bounds where there is room for that.
   */
  static double[] spread(double[] wanted, double gap, double top, double bottom) {
    int[] order =
        IntStream.range(0, wanted.length)
            .boxed()
            .sorted(Comparator.comparingDouble(index -> wanted[index]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] placed = Arrays.copyOf(wanted, wanted.length);
    double free = top;
    for (int index : order) {
      placed[index] = Math.max(placed[index], free);
      free = placed[index] + gap;
    }
    double limit = bottom;
    for (int last = order.length - 1; last >= 0; last--) {
      int index = order[last];
      placed[index] = Math.min(placed[index], limit);
      limit = placed[index] - gap;
    }
    return placed;
  }
}
