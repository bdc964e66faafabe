package io.distri.node.sync;

import io.distri.node.db.Holding;
import io.distri.node.db.VersionVector;
import io.distri.node.db.service.WriteAcks;
import io.distri.node.db.service.WriteAcks.Acked;
import io.distri.node.membership.Member;
import io.distri.node.membership.MemberTable;
import io.distri.node.settings.NodeProperties.WriteAck;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what each member said it holds, and lets writers wait for enough copies. Safe for use by
 * many threads.
 */
final class AckBoard {
  /**
   * What a member holds.
   *
   * @param start of the member that said so
   * @param versionVector of all that it said in that start
   * @param last what it said last
   */
  private record Held(long start, VersionVector versionVector, Holding last) {}

  private final MemberTable members;
  private final WriteAck mode;
  private final Map<String, Held> held = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  AckBoard(MemberTable members, WriteAck mode) {
    this.members = members;
    this.mode = mode;
  }

  /**
   * A member said what it holds. Its words may arrive in another order than it said them, so that
   * within one start the most counts; started anew it may hold less than before.
   */
  void holds(Member member, Holding holding) {
    lock.lock();
    try {
      Held now = new Held(member.start(), holding.version(), holding);
      held.merge(member.id(), now, AckBoard::newest);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static Held newest(Held before, Held now) {
    if (before.start != now.start) {
      return before.start > now.start ? before : now;
    }
    return new Held(now.start, before.versionVector.merge(now.versionVector), now.last);
  }

  /** What a member holds, by all it said since it started. */
  VersionVector heldBy(String memberId) {
    lock.lock();
    try {
      Held last = held.get(memberId);
      return last == null ? VersionVector.EMPTY : last.versionVector;
    } finally {
      lock.unlock();
    }
  }

  /** What a member said last, with its digest; null where it said nothing yet. */
  @Nullable Holding lastSaid(String memberId) {
    lock.lock();
    try {
      Held last = held.get(memberId);
      return last == null ? null : last.last;
    } finally {
      lock.unlock();
    }
  }

  /** See {@link WriteAcks#await}. */
  Acked await(VersionVector writes, Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (true) {
        int voters = members.voters();
        int needed = needed(voters);
        int copies = copies(writes);
        if (copies >= needed || nanos <= 0) {
          return new Acked(copies, needed, voters);
        }
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private int copies(VersionVector writes) {
    int copies = 1;
    for (Map.Entry<String, Held> member : held.entrySet()) {
      boolean counts = members.isVoter(member.getKey());
      copies += counts && member.getValue().versionVector.covers(writes) ? 1 : 0;
    }
    return copies;
  }

  private int needed(int voters) {
    return switch (mode) {
      case LOCAL -> 1;
      case MAJORITY -> voters / 2 + 1;
      case ALL -> voters;
    };
  }
}
