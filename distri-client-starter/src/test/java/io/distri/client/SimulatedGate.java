package io.distri.client;

import java.util.ArrayDeque;
import java.util.Deque;

/** The client's {@link Gate} on the virtual clock: a line, first come first served. */
final class SimulatedGate {

  private final int most;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int limit;
  private int inside;

  SimulatedGate(int most) {
    this.most = most;
    this.limit = most;
  }

  int inside() {
    return inside;
  }

  void resize(int room) {
    limit = Math.max(1, Math.min(room, most));
    admit();
  }

  /** Runs it as soon as there is room; it must {@link #leave}. */
  void enter(Runnable call) {
    waiting.add(call);
    admit();
  }

  void leave() {
    inside--;
    admit();
  }

  private void admit() {
    while (inside < limit && !waiting.isEmpty()) {
      inside++;
      waiting.remove().run();
    }
  }
}
