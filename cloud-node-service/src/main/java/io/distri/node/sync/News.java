package io.distri.node.sync;

import io.distri.node.db.Holding;
import io.distri.node.membership.Member;
import io.distri.node.security.TrustEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node tells another with every message, asked or answering.
 *
 * @param member the teller's own row of the node table
 * @param holding what it holds
 * @param known what it knows of the cluster
 * @param table the other members; null where the other knows them as far as the teller can tell
 * @param trust the operators' decisions; null likewise
 */
record News(
    Member member,
    Holding holding,
    Known known,
    @Nullable List<Member> table,
    @Nullable List<TrustEntry> trust) {

  /**
   * What a node knows of the cluster, in digests: the whole is told only where they differ.
   *
   * @param members see {@link io.distri.node.membership.MemberTable#digest()}
   * @param trust of the operators' decisions
   */
  record Known(String members, String trust) {}
}
