package io.distri.node.sync;

import io.distri.node.db.DocumentStore;
import io.distri.node.membership.Gossip;
import io.distri.node.membership.SelfMember;
import io.distri.node.security.Whitelist;
import org.jspecify.annotations.Nullable;

/** Where this node's {@link News} come from and those of others go. Safe for many threads. */
final class Newsroom {
  private final DocumentStore documents;
  private final SelfMember self;
  private final Gossip gossip;
  private final Whitelist whitelist;
  private final AckBoard board;

  Newsroom(
      DocumentStore documents,
      SelfMember self,
      Gossip gossip,
      Whitelist whitelist,
      AckBoard board) {
    this.documents = documents;
    this.self = self;
    this.gossip = gossip;
    this.whitelist = whitelist;
    this.board = board;
  }

  /**
   * This node's news as of now.
   *
   * @param to the member that hears them
   * @param knownTrust digest of the operators' decisions that the other knows; null: not known
   */
  News tell(String to, @Nullable String knownTrust) {
    String digest = whitelist.digest();
    return new News(
        self.now(),
        documents.holding(),
        gossip.tell(to),
        digest,
        digest.equals(knownTrust) ? null : whitelist.decisions());
  }

  /** Takes in what another member told. */
  void hear(News news) {
    gossip.hear(news.member(), news.table());
    board.holds(news.member(), news.holding());
    if (news.trust() != null) {
      whitelist.merge(news.trust());
    }
  }
}
