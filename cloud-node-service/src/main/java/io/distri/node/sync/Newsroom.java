package io.distri.node.sync;

import io.distri.node.db.DocumentStore;
import io.distri.node.db.Holding;
import io.distri.node.db.VersionVector;
import io.distri.node.membership.MemberTable;
import io.distri.node.membership.SelfMember;
import io.distri.node.security.Whitelist;
import org.jspecify.annotations.Nullable;

/** Where this node's {@link News} come from and those of others go. Safe for many threads. */
final class Newsroom {
  private final DocumentStore documents;
  private final SelfMember self;
  private final MemberTable members;
  private final Whitelist whitelist;
  private final AckBoard board;

  Newsroom(
      DocumentStore documents,
      SelfMember self,
      MemberTable members,
      Whitelist whitelist,
      AckBoard board) {
    this.documents = documents;
    this.self = self;
    this.members = members;
    this.whitelist = whitelist;
    this.board = board;
  }

  /**
   * This node's news as of now.
   *
   * @param theirs the other's last news, from which follows what it knows; null where it told none
   */
  News tell(@Nullable News theirs) {
    String digest = whitelist.digest();
    boolean sameTrust = theirs != null && digest.equals(theirs.trustDigest());
    Holding holding = documents.holding();
    boolean sameBase = theirs != null && theirs.holding().base() == holding.base();
    return new News(
        self.now(),
        holding,
        sameBase ? null : documents.base(holding.base()),
        members.members(),
        digest,
        sameTrust ? null : whitelist.decisions());
  }

  /**
   * Takes in what another member told.
   *
   * @param askedNanos when it was asked; null where it told unasked
   */
  void hear(News news, @Nullable Long askedNanos) {
    members.heard(news.member());
    members.learned(news.table());
    VersionVector base = base(news);
    if (news.base() != null) {
      documents.settle(news.base());
    }
    board.holds(
        news.member(), news.holding(), base == null ? VersionVector.EMPTY : base, askedNanos);
    if (news.trust() != null) {
      whitelist.merge(news.trust());
    }
  }

  /**
   * The base that a member's words rest on; null where this node doesn't know it. Then it can't
   * tell all that the member holds, and what the member sends may rest on what was forgotten:
   * nothing is given or taken until the next message, in which the base comes.
   */
  @Nullable VersionVector base(News news) {
    return news.base() == null ? documents.base(news.holding().base()) : news.base();
  }
}
