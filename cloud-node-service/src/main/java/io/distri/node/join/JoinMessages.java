package io.distri.node.join;

import io.distri.node.membership.Member;
import io.distri.node.security.TrustEntry;
import io.distri.protocol.identity.KeyId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges of a join. Who is whitelisted is let in by the first. Anyone else gets the member's
 * nonce by it, and both sides prove in the second that they hold the secret.
 */
final class JoinMessages {
  /** Version of the protocol between nodes. */
  static final int PROTOCOL = 1;

  static final int NONCE_BYTES = 32;

  private JoinMessages() {}

  /**
   * What the newcomer says.
   *
   * @param nonce the newcomer's, the same in both exchanges
   * @param memberNonce the one that the member answered with; null in the first exchange
   * @param proof null in the first exchange
   * @param clusterId the newcomer's cluster; null where it is in none yet
   * @param clusterFirm whether it is for good
   * @param tokenIssuer whose token the newcomer proves; null: the cluster's secret
   * @param tokenId which one
   */
  record Request(
      int protocol,
      byte[] nonce,
      byte @Nullable [] memberNonce,
      byte @Nullable [] proof,
      Member newcomer,
      @Nullable String clusterId,
      boolean clusterFirm,
      @Nullable String tokenIssuer,
      @Nullable String tokenId) {}

  /**
   * What the member answers.
   *
   * @param proof null in the first exchange
   * @param issuer the member that has to be asked instead, since it made the token
   * @param welcome null where the newcomer is not let in yet
   */
  record Answer(
      byte[] memberNonce,
      byte @Nullable [] proof,
      @Nullable Member issuer,
      @Nullable Welcome welcome) {}

  /**
   * What a newcomer that is let in is told.
   *
   * @param member the one that answers
   * @param table the other members
   * @param trust the operators' decisions
   */
  record Welcome(String clusterId, Member member, List<Member> table, List<TrustEntry> trust) {

    /** Throws {@link IllegalArgumentException} where an id in it is none. */
    Welcome {
      KeyId.checked(member.id());
      table.forEach(row -> KeyId.checked(row.id()));
      trust.forEach(decision -> KeyId.checked(decision.keyId()));
    }
  }
}
