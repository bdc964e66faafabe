package io.distri.node.db;

import io.distri.node.membership.Electorate;
import io.distri.node.sync.SimulatedMember;
import java.util.ArrayList;
import java.util.List;

/** The writes of a simulated node's start that wait until the node counts enough copies. */
final class Acks {
  private static final long PATIENCE_MILLIS = 1500;

  private final VirtualTime time;
  private final SimulatedMember member;
  private final List<Waiting> waiting = new ArrayList<>();

  private record Waiting(VersionVector writes, Electorate begun, Runnable acknowledged) {}

  Acks(VirtualTime time, SimulatedMember member) {
    this.time = time;
    this.member = member;
  }

  /** The node crashed. */
  void forget() {
    waiting.clear();
  }

  void await(VersionVector writes, Runnable acknowledged) {
    Waiting wait = new Waiting(writes, member.voters(), acknowledged);
    waiting.add(wait);
    time.after(PATIENCE_MILLIS, () -> waiting.remove(wait));
    heard();
  }

  /** Others told what they hold. */
  void heard() {
    for (Waiting wait : List.copyOf(waiting)) {
      if (member.enough(wait.writes(), wait.begun())) {
        waiting.remove(wait);
        wait.acknowledged().run();
      }
    }
  }
}
