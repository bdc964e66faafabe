package io.distri.node.sync;

import io.distri.node.db.DocumentStore;
import io.distri.node.membership.MemberTable;
import io.distri.node.membership.SelfMember;
import io.distri.node.security.Whitelist;
import io.distri.node.sync.News.Known;
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
   * @param other what the other knows, by what it told last; null where it told nothing
   */
  News tell(@Nullable Known other) {
    Known own = new Known(members.digest(), whitelist.digest());
    return new News(
        self.now(),
        documents.holding(),
        own,
        other != null && own.members().equals(other.members()) ? null : members.members(),
        other != null && own.trust().equals(other.trust()) ? null : whitelist.decisions());
  }

  /** Takes in what another member told. */
  void hear(News news) {
    members.heard(news.member());
    if (news.table() != null) {
      members.learned(news.table());
    }
    board.holds(news.member(), news.holding());
    if (news.trust() != null) {
      whitelist.merge(news.trust());
    }
  }
}
