package io.distri.client;

import java.util.Arrays;
import java.util.Comparator;

/**
 * What a node remembers for Prequal: how long its latest calls took, and how many others each met
 * when it came. The estimate is the median over those that met about as many as one would now
 * (Wieder et al., "Load is not what you should balance: Introducing Prequal", NSDI 2024, section
 * 4).
 */
final class LatencyMemory {

  private static final int REMEMBERED = 64;
  private static final int ASKED = 5;

  private final Seen[] seen = new Seen[REMEMBERED];
  private int count;

  private record Seen(int held, double ms) {}

  void add(int held, double ms) {
    seen[count++ % REMEMBERED] = new Seen(held, ms);
  }

  /** In milliseconds; 0 where nothing is remembered. */
  double near(int held) {
    Seen[] known = Arrays.copyOf(seen, Math.min(count, REMEMBERED));
    if (known.length == 0) {
      return 0;
    }
    Arrays.sort(known, Comparator.comparingInt(call -> Math.abs(call.held - held)));
    int asked = Math.min(ASKED, known.length);
    double[] nearest = new double[asked];
    for (int i = 0; i < asked; i++) {
      nearest[i] = known[i].ms;
    }
    Arrays.sort(nearest);
    return nearest[asked / 2];
  }
}
