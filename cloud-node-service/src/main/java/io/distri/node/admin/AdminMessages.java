package io.distri.node.admin;

import io.distri.node.membership.Member;
import io.distri.node.security.Role;
import io.distri.node.security.TrustEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators and nodes say to each other. */
public final class AdminMessages {
  /** Answers {@link Nodes}. */
  public static final String NODES = "/internal/admin/nodes";

  /** Answers {@link Token}. */
  public static final String TOKEN = "/internal/admin/token";

  /** Takes a {@link Decision} and answers {@link Keys}. */
  public static final String WHITELIST = "/internal/admin/whitelist";

  /** Takes a {@link Decision} on a key to shut out for good and answers {@link Keys}. */
  public static final String EVICT = "/internal/admin/evict";

  /** The node that is asked leaves the cluster for good and ends. */
  public static final String LEAVE = "/internal/admin/leave";

  private AdminMessages() {}

  /** The node table, the answering node first. */
  public record Nodes(List<Member> nodes) {}

  /**
   * A join token.
   *
   * @param text for the newcomer only
   * @param goodForMs milliseconds
   */
  public record Token(String text, long goodForMs) {

    /** Without the token. */
    @Override
    public String toString() {
      return "Token[goodForMs=" + goodForMs + "]";
    }
  }

  /**
   * What shall become of a key.
   *
   * @param keyId null: nothing, the list is asked for
   * @param role null: it is taken from the list
   */
  public record Decision(@Nullable String keyId, @Nullable Role role) {}

  /** The keys that are good for something. */
  public record Keys(List<TrustEntry> keys) {}
}
