package io.distri.node.db;

import java.util.HashSet;
import java.util.Set;

/** A network that delays, loses, repeats and reorders messages, and is cut at places. */
final class FaultyNetwork {
  /** Where clients are: reached from everywhere. */
  static final int OUTSIDE = -1;

  private record Direction(int from, int to) {}

  private final VirtualTime time;
  private final long slowestMillis;
  private final Set<Direction> cut = new HashSet<>();
  private boolean faulty = true;

  /**
   * @param slowestMillis how long a late message takes at most
   */
  FaultyNetwork(VirtualTime time, long slowestMillis) {
    this.time = time;
    this.slowestMillis = slowestMillis;
  }

  void send(int from, int to, Runnable message) {
    if (cut.contains(new Direction(from, to)) || faulty && time.chance(0.03)) {
      return;
    }
    time.between(1, faulty && time.chance(0.03) ? slowestMillis : 30, message);
    if (faulty && time.chance(0.03)) {
      time.between(1, slowestMillis, message);
    }
  }

  void cut(int from, int to) {
    cut.add(new Direction(from, to));
  }

  void mend() {
    cut.clear();
  }

  /** Nothing goes wrong any more. */
  void heal() {
    mend();
    faulty = false;
  }
}
