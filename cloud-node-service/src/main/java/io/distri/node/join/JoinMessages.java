package io.distri.node.join;

import io.distri.node.membership.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two exchanges of a join: the newcomer asks for the member's nonce, then both sides prove. */
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
   */
  record Request(
      int protocol,
      byte[] nonce,
      byte @Nullable [] memberNonce,
      byte @Nullable [] proof,
      Member newcomer) {}

  /**
   * What the member answers.
   *
   * @param proof null in the first exchange, and so is all below
   * @param table the other members
   */
  record Answer(
      byte[] memberNonce,
      byte @Nullable [] proof,
      @Nullable String clusterId,
      @Nullable Member member,
      @Nullable List<Member> table) {}
}
