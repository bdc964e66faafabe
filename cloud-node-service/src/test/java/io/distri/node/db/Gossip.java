package io.distri.node.db;

import io.distri.node.local.LocalNode;
import io.distri.node.membership.Electorate;
import io.distri.node.membership.Member;
import io.distri.node.sync.SimulatedMember;
import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated node tells the others of itself and knows of them in one of its starts, as
 * {@code Newsroom} has it: who belongs, whose copies count and when the base grows is decided by
 * the node's own classes.
 */
final class Gossip {
  /** Longer than the network and the clients keep a try of a request alive. */
  private static final Duration FORGET_AFTER = Duration.ofSeconds(5);

  private final Mistake mistake;
  private final Replica here;
  private final Set<String> evicted;
  private final SimulatedMember member;
  private final Runnable growth;

  /** What a node tells with every message. */
  record News(
      SimulatedMember.Words words,
      Holding holding,
      @Nullable VersionVector base,
      Set<String> evicted) {

    Member member() {
      return words.member();
    }
  }

  /**
   * @param startMillis by the node's own clock
   * @param evicted what it knows of that, also from earlier starts
   */
  Gossip(
      Mistake mistake,
      VirtualTime time,
      Replica here,
      LocalNode self,
      long startMillis,
      List<HostPort> contacts,
      Set<String> evicted) {
    this.mistake = mistake;
    this.here = here;
    this.evicted = evicted;
    this.member =
        new SimulatedMember(
            self,
            startMillis,
            contacts,
            evicted::contains,
            () -> time.now() * 1_000_000,
            mistake == Mistake.FORGOTTEN_WITHOUT_A_MEMBER ? FaultyNode.id(2) : null,
            this::counted);
    this.growth = member.growth(here, FORGET_AFTER);
  }

  private Electorate counted(Electorate right) {
    return switch (mistake) {
      case COUNTED_WITHOUT_JOINS -> right.beforeJoins();
      case JOINER_COUNTED_AT_ONCE -> {
        Set<String> all = new TreeSet<>(right.settled());
        all.addAll(right.joining());
        yield new Electorate(all, right.silent(), Set.of(), right.unseen(), right.seen());
      }
      default -> right;
    };
  }

  /** Whether it is noticed that a node is from before the base. */
  static boolean mayBeBehind(Mistake mistake) {
    return mistake != Mistake.NOT_STARTED_ANEW && mistake != Mistake.FORGOTTEN_WITHOUT_A_MEMBER;
  }

  SimulatedMember member() {
    return member;
  }

  /** The ids of those that it keeps current: all that belong. */
  List<String> current() {
    return known().stream().filter(member.members()::belongs).toList();
  }

  /** The ids of those that it pulls from, one that is about to leave among them. */
  List<String> known() {
    return member.members().members().stream().map(Member::id).sorted().toList();
  }

  boolean isEvicted(String id) {
    return evicted.contains(id);
  }

  /** An operator's decision. */
  void evict(String id) {
    if (evicted.add(id)) {
      member.members().strike(id);
    }
  }

  News news(String to) {
    Holding holding = here.holding();
    Holding theirs = member.lastSaid(to);
    boolean known = theirs != null && theirs.base() == holding.base();
    return new News(
        member.tell(to), holding, known ? null : here.version().base(), Set.copyOf(evicted));
  }

  void hear(News news, @Nullable Long asked) {
    member.hear(news.words());
    VersionVector base = base(news);
    if (news.base() != null && mistake == Mistake.FOLDED_BEFORE_ALL_HOLD) {
      here.adopt(Coverage.of(news.base(), VersionVector.EMPTY));
    } else if (news.base() != null) {
      here.settle(news.base());
    }
    member.holds(news.member(), news.holding(), base == null ? VersionVector.EMPTY : base, asked);
    if (mistake == Mistake.JOINER_COUNTED_AT_ONCE && news.member().state() == NodeState.JOINING) {
      countAsCopy(news.member());
    }
    news.evicted().stream().sorted().forEach(this::evict);
  }

  /** The mistake: a member has what this node has, from its first word. */
  private void countAsCopy(Member joining) {
    Coverage all = here.version();
    member.holds(joining, new Holding(all.recent(), all.baseDigest(), 0), all.base(), null);
  }

  /** The base that the news rest on; null where the node doesn't know it. */
  @Nullable VersionVector base(News news) {
    return news.base() == null ? here.base(news.holding().base()) : news.base();
  }

  void growBase() {
    if (mistake == Mistake.FOLDED_BEFORE_ALL_HOLD) {
      here.settle(here.version().all());
    } else {
      growth.run();
    }
  }
}
