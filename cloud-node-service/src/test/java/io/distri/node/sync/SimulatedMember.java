package io.distri.node.sync;

import io.distri.node.db.Coverage;
import io.distri.node.db.Cuts;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.Holding;
import io.distri.node.db.VersionVector;
import io.distri.node.local.LocalNode;
import io.distri.node.membership.Electorate;
import io.distri.node.membership.Gossip;
import io.distri.node.membership.Member;
import io.distri.node.membership.MemberTable;
import io.distri.node.membership.SelfMember;
import io.distri.node.membership.TableNews;
import io.distri.node.settings.NodeProperties.WriteAck;
import io.distri.protocol.HostPort;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One start of a simulated node as a member: the node's own table, gossip, count of copies and
 * growth of the base, without sockets and threads.
 */
public final class SimulatedMember {
  private final LocalNode self;
  private final MemberTable members;
  private final SelfMember me;
  private final Gossip gossip;
  private final UnaryOperator<Electorate> counted;
  private final AckBoard board;
  private final MemberTable asked;
  private final LongSupplier nanos;

  /** What a member tells of itself and the others with every message. */
  public record Words(Member member, TableNews table) {}

  /**
   * @param startMillis by the node's own clock
   * @param contacts addresses of nodes to contact first
   * @param evicted who never comes back, as far as this node knows
   * @param left out when the base grows, which is a mistake; null: nobody
   * @param counted makes the mistake of counting other voters than there are; identity: none
   */
  public SimulatedMember(
      LocalNode self,
      long startMillis,
      List<HostPort> contacts,
      Predicate<String> evicted,
      LongSupplier nanos,
      @Nullable String left,
      UnaryOperator<Electorate> counted) {
    this.self = self;
    this.nanos = nanos;
    this.counted = counted;
    me = new SelfMember(self, startMillis, List::of, () -> 0, () -> "");
    members = new MemberTable(self.id(), contacts, evicted, nanos);
    asked =
        left == null
            ? members
            : new MemberTable(
                self.id(), List.of(), id -> id.equals(left) || evicted.test(id), nanos);
    gossip = new Gossip(me, members);
    board = new AckBoard(this::voters, WriteAck.MAJORITY);
  }

  public LocalNode self() {
    return self;
  }

  public MemberTable members() {
    return members;
  }

  /** Its row as of now. */
  public Member row() {
    return me.now();
  }

  /** What another is to be told. */
  public Words tell(String to) {
    return new Words(me.now(), gossip.tell(to));
  }

  /** Takes in what another told. */
  public void hear(Words words) {
    gossip.hear(words.member(), words.table());
    learn(words.member(), words.table().rows());
  }

  /** Takes in a member and all that it knows, as one does that joins. */
  public void meet(Member member, List<Member> others) {
    members.heard(member);
    members.learned(others);
    learn(member, others);
  }

  private void learn(Member member, List<Member> others) {
    if (asked != members) {
      asked.heard(member);
      asked.learned(others);
    }
  }

  /** See {@link AckBoard#holds}. */
  public void holds(Member member, Holding holding, VersionVector base, @Nullable Long askedNanos) {
    board.holds(member, holding, base, askedNanos);
  }

  /** What a member holds, by all it said since it started. */
  public Coverage heldBy(String id) {
    return board.heldBy(id);
  }

  /** What a member said last; null where it said nothing yet. */
  public @Nullable Holding lastSaid(String id) {
    return board.lastSaid(id);
  }

  /** Whose copies count as of now. */
  public Electorate voters() {
    return counted.apply(members.electorate());
  }

  /**
   * Whether enough nodes hold writes.
   *
   * @param begun whose copies counted when the writes were made
   */
  public boolean enough(VersionVector writes, Electorate begun) {
    return board.acked(writes, begun).enough();
  }

  /** See {@link AckBoard#handedOver}. */
  public boolean handedOver(VersionVector writes, long sinceNanos) {
    return board.handedOver(writes, sinceNanos);
  }

  /**
   * What is to run every now and then so that bases grow.
   *
   * @param age see {@link Cuts}
   */
  public Runnable growth(DocumentStore documents, Duration age) {
    return new BaseGrowth(documents, me, asked, board, () -> {}, nanos, new Cuts(age))::round;
  }
}
