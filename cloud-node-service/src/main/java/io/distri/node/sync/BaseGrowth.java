package io.distri.node.sync;

import io.distri.node.db.Cuts;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.VersionVector;
import io.distri.node.membership.Member;
import io.distri.node.membership.MemberTable;
import io.distri.node.membership.SelfMember;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Has the base of all nodes grow, see {@link Cuts}: one node does it, of the members it knows the
 * one that started first, so that bases grow out of one another, and one that crashes again and
 * again doesn't keep the others waiting. For one thread.
 */
final class BaseGrowth {
  private static final Comparator<Member> FIRST =
      Comparator.comparingLong(Member::start).thenComparing(Member::id);

  private final DocumentStore documents;
  private final SelfMember self;
  private final MemberTable members;
  private final AckBoard board;
  private final Runnable wake;
  private final LongSupplier nanos;
  private final Cuts cuts;

  /**
   * @param wake has the others told of what is new
   * @param nanos a monotonic clock, in nanoseconds
   */
  BaseGrowth(
      DocumentStore documents,
      SelfMember self,
      MemberTable members,
      AckBoard board,
      Runnable wake,
      LongSupplier nanos,
      Cuts cuts) {
    this.documents = documents;
    this.self = self;
    this.members = members;
    this.board = board;
    this.wake = wake;
    this.nanos = nanos;
    this.cuts = cuts;
  }

  /** To be called every few seconds. */
  void round() {
    List<Member> others =
        members.members().stream().filter(member -> members.belongs(member.id())).toList();
    Member me = self.now();
    boolean first = others.stream().allMatch(other -> FIRST.compare(me, other) < 0);
    // A first contact that never answered may be a member that holds what nobody here knows of.
    if (!first || !members.unmetContacts().isEmpty()) {
      return;
    }
    List<Cuts.Said> said = others.stream().map(other -> board.said(other.id())).toList();
    VersionVector base = cuts.next(nanos.getAsLong(), documents.version(), said);
    if (base != null && documents.settle(base)) {
      wake.run();
    }
  }
}
