package io.distri.node.join;

import io.distri.node.join.JoinMessages.Request;
import io.distri.node.security.ClusterSecret;
import io.distri.node.security.JoinSecret;
import io.distri.node.security.JoinTokens;
import io.distri.node.security.Role;
import io.distri.node.security.Whitelist;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What strangers may prove to be let in: the cluster's secret, or a token that this node made. Safe
 * for use by many threads.
 */
final class JoinProofs {
  private final String selfId;
  private final ClusterSecret secret;
  private final JoinTokens tokens;
  private final Whitelist whitelist;

  JoinProofs(String selfId, ClusterSecret secret, JoinTokens tokens, Whitelist whitelist) {
    this.selfId = selfId;
    this.secret = secret;
    this.tokens = tokens;
    this.whitelist = whitelist;
  }

  /** Whether a stranger from that address is worth listening to. */
  boolean mayBeGoodFrom(@Nullable String address) {
    return secret.goodFrom(address) || whitelist.hasMembers();
  }

  /** What the newcomer has to prove; empty where nothing helps. */
  Optional<JoinSecret> secret(Request request, @Nullable String address) {
    String token = request.tokenId();
    if (token == null) {
      return secret.goodFrom(address) ? secret.secret() : Optional.empty();
    }
    return selfId.equals(request.tokenIssuer())
        ? tokens.secret(token, request.newcomer().id())
        : Optional.empty();
  }

  /**
   * Lets in a newcomer whose proof holds. From the first token on, who is a node is a decision that
   * all members share, since most of them never see the token.
   *
   * @return false where the token was used by another meanwhile
   */
  boolean accept(Request request) {
    String newcomer = request.newcomer().id();
    String token = request.tokenId();
    if (token == null) {
      whitelist.proved(newcomer);
      return true;
    }
    if (!tokens.use(token, newcomer)) {
      return false;
    }
    whitelist.share(selfId);
    return whitelist.grant(newcomer, Role.NODE);
  }
}
