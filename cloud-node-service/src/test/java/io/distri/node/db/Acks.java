package io.distri.node.db;

import java.util.ArrayList;
import java.util.List;

/** The writes of a simulated node that wait for a majority, as {@code AckBoard} has them wait. */
final class Acks {
  private static final long PATIENCE_MILLIS = 1500;

  private final VirtualTime time;
  private final Gossip gossip;
  private final List<Waiting> waiting = new ArrayList<>();

  private record Waiting(VersionVector writes, Runnable acknowledged) {}

  Acks(VirtualTime time, Gossip gossip) {
    this.time = time;
    this.gossip = gossip;
  }

  /** The node crashed. */
  void forget() {
    waiting.clear();
  }

  void await(VersionVector writes, int voters, Runnable acknowledged) {
    Waiting wait = new Waiting(writes, acknowledged);
    waiting.add(wait);
    time.after(PATIENCE_MILLIS, () -> waiting.remove(wait));
    heard(voters);
  }

  /** Others told what they hold. */
  void heard(int voters) {
    for (Waiting wait : List.copyOf(waiting)) {
      if (1 + gossip.copies(wait.writes()) > voters / 2) {
        waiting.remove(wait);
        wait.acknowledged().run();
      }
    }
  }
}
