package io.distri.node.sync;

import io.distri.node.db.Coverage;
import io.distri.node.db.Cuts;
import io.distri.node.db.Holding;
import io.distri.node.db.VersionVector;
import io.distri.node.db.service.WriteAcks;
import io.distri.node.db.service.WriteAcks.Acked;
import io.distri.node.membership.Electorate;
import io.distri.node.membership.Member;
import io.distri.node.settings.NodeProperties.WriteAck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
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

    boolean holds(VersionVector writes) {
      return all.holds().covers(writes);
    }

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
   * @param begun whose copies counted when it began to wait
   * @param decided signalled when there are enough, or can't be
   */
  private record Waiter(VersionVector writes, Electorate begun, Condition decided) {}

  /**
   * Which copies count.
   *
   * @param own how many of this node's own
   * @param members those of which members, by their ids
   * @param unseen whether those of first contacts that were never seen, who may turn up any moment
   */
  private record Copies(int own, Predicate<String> members, boolean unseen) {}

  private static final Cuts.Said NOTHING = new Cuts.Said(Coverage.NOTHING, null);

  private final Supplier<Electorate> voters;
  private final WriteAck mode;
  private final Map<String, Held> held = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Waiter> waiters = new ArrayList<>();

  /**
   * @param voters whose copies count as of now
   */
  AckBoard(Supplier<Electorate> voters, WriteAck mode) {
    this.voters = voters;
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

  /** Wakes those who waited in vain: members may have fallen silent. */
  void lookAgain() {
    lock.lock();
    try {
      signal();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes those only that have an outcome: each message wakes few of many writers. */
  private void signal() {
    Electorate now = voters.get();
    for (Waiter waiter : waiters) {
      if (acked(waiter.writes(), waiter.begun(), now).enough()
          || isHopeless(waiter.writes(), now)) {
        waiter.decided().signal();
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
      Waiter waiter = new Waiter(writes, voters.get(), lock.newCondition());
      waiters.add(waiter);
      try {
        while (true) {
          Electorate now = voters.get();
          Acked acked = acked(writes, waiter.begun(), now);
          if (acked.enough() || nanos <= 0 || isHopeless(writes, now)) {
            return acked;
          }
          nanos = waiter.decided().awaitNanos(nanos);
        }
      } finally {
        waiters.remove(waiter);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * How far writes came. While the voters change, all counts have to be met: of those who were
   * voters when it began and of those who are now, without those that join and with them.
   *
   * @param begun whose copies counted when the writes began to wait
   * @return by the count that is not met, where one isn't
   */
  Acked acked(VersionVector writes, Electorate begun) {
    lock.lock();
    try {
      return acked(writes, begun, voters.get());
    } finally {
      lock.unlock();
    }
  }

  private Acked acked(VersionVector writes, Electorate begun, Electorate now) {
    Copies copies = new Copies(1, said(held -> held.holds(writes)), false);
    Acked acked = acked(copies, now);
    return acked.enough() && !begun.equals(now) ? acked(copies, begun.asSeen(now)) : acked;
  }

  /**
   * Whether so many of the others hold writes that this node, which leaves, is not missed.
   *
   * @param sinceNanos when it began to say that it leaves: who was asked since and still stays
   *     won't count on this node when it leaves itself
   */
  boolean handedOver(VersionVector writes, long sinceNanos) {
    lock.lock();
    try {
      Electorate now = voters.get();
      Predicate<String> holds = said(held -> held.all.isSince(sinceNanos) && held.holds(writes));
      return now.others() == 0 || acked(new Copies(0, holds, false), now).enough();
    } finally {
      lock.unlock();
    }
  }

  /** See {@link WriteAcks#inReach}. */
  Acked inReach() {
    Electorate now = voters.get();
    return inReach(id -> false, now);
  }

  /** Whether too many members are silent for writes to get enough copies. */
  private boolean isHopeless(VersionVector writes, Electorate now) {
    return !now.silent().isEmpty() && !inReach(said(held -> held.holds(writes)), now).enough();
  }

  private Acked inReach(Predicate<String> holds, Electorate now) {
    return acked(new Copies(1, holds.or(id -> !now.silent().contains(id)), true), now);
  }

  private Predicate<String> said(Predicate<Held> what) {
    return id -> {
      Held said = held.get(id);
      return said != null && what.test(said);
    };
  }

  private Acked acked(Copies copies, Electorate electorate) {
    Electorate before = electorate.beforeJoins();
    Acked acked = count(copies, before);
    return acked.enough() && !before.equals(electorate) ? count(copies, electorate) : acked;
  }

  private Acked count(Copies copies, Electorate electorate) {
    int counted =
        copies.own()
            + count(electorate.settled(), copies.members())
            + count(electorate.joining(), copies.members())
            + (copies.unseen() ? electorate.unseen().size() : 0);
    int all = copies.own() + electorate.others();
    return new Acked(counted, needed(all), all);
  }

  /** In a plain loop: each message counts for each writer that waits. */
  private static int count(Set<String> ids, Predicate<String> which) {
    int count = 0;
    for (String id : ids) {
      count += which.test(id) ? 1 : 0;
    }
    return count;
  }

  private int needed(int voters) {
    return switch (mode) {
      case LOCAL -> 1;
      case MAJORITY -> voters / 2 + 1;
      case ALL -> voters;
    };
  }
}
