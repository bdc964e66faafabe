package io.distri.node.sync;

import io.distri.node.db.Coverage;
import io.distri.node.db.Cuts;
import io.distri.node.db.Holding;
import io.distri.node.db.VersionVector;
import io.distri.node.db.service.WriteAcks;
import io.distri.node.db.service.WriteAcks.Acked;
import io.distri.node.membership.Member;
import io.distri.node.membership.MemberTable;
import io.distri.node.settings.NodeProperties.WriteAck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
   * @param all what it said in that start
   * @param last what it said last
   */
  private record Held(long start, Cuts.Said all, Holding last) {

    /** Its words may arrive in another order than it said them. */
    Held and(Held now) {
      if (start != now.start) {
        return start > now.start ? this : now;
      }
      Long asked = all.askedNanos();
      Long askedNow = now.all.askedNanos();
      boolean later = asked == null || (askedNow != null && askedNow - asked > 0);
      return new Held(
          start,
          new Cuts.Said(all.holds().merge(now.all.holds()), later ? askedNow : asked),
          now.last);
    }
  }

  /**
   * A writer that waits.
   *
   * @param writes what it waits for copies of
   * @param enough signalled when there are enough
   */
  private record Waiter(VersionVector writes, Condition enough) {}

  private static final Cuts.Said NOTHING = new Cuts.Said(Coverage.NOTHING, null);

  private final MemberTable members;
  private final WriteAck mode;
  private final Map<String, Held> held = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Waiter> waiters = new ArrayList<>();

  AckBoard(MemberTable members, WriteAck mode) {
    this.members = members;
    this.mode = mode;
  }

  /**
   * A member said what it holds. Within one start the most counts; started anew it may hold less
   * than before.
   *
   * @param askedNanos when it was asked; null where it said so unasked
   */
  void holds(Member member, Holding holding, VersionVector base, @Nullable Long askedNanos) {
    lock.lock();
    try {
      Coverage holds = Coverage.of(base, holding.recent());
      Held now = new Held(member.start(), new Cuts.Said(holds, askedNanos), holding);
      held.merge(member.id(), now, Held::and);
      signal();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes those only that have enough: each message wakes few of many writers. */
  private void signal() {
    int needed = needed(members.voters());
    for (Waiter waiter : waiters) {
      if (copies(waiter.writes()) >= needed) {
        waiter.enough().signal();
      }
    }
  }

  /** What a member holds, by all it said since it started. */
  Coverage heldBy(String memberId) {
    return said(memberId).holds();
  }

  /** What a member said since it started. */
  Cuts.Said said(String memberId) {
    lock.lock();
    try {
      Held last = held.get(memberId);
      return last == null ? NOTHING : last.all;
    } finally {
      lock.unlock();
    }
  }

  /** What all members hold together, by all they said. */
  VersionVector told() {
    lock.lock();
    try {
      VersionVector all = VersionVector.EMPTY;
      for (Held member : held.values()) {
        all = all.merge(member.all.holds().all());
      }
      return all;
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
      Waiter waiter = new Waiter(writes, lock.newCondition());
      waiters.add(waiter);
      try {
        while (true) {
          int voters = members.voters();
          int needed = needed(voters);
          int copies = copies(writes);
          if (copies >= needed || nanos <= 0) {
            return new Acked(copies, needed, voters);
          }
          nanos = waiter.enough().awaitNanos(nanos);
        }
      } finally {
        waiters.remove(waiter);
      }
    } finally {
      lock.unlock();
    }
  }

  private int copies(VersionVector writes) {
    int copies = 1;
    for (Map.Entry<String, Held> member : held.entrySet()) {
      boolean counts = members.isVoter(member.getKey());
      copies += counts && member.getValue().all.holds().covers(writes) ? 1 : 0;
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
