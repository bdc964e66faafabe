package io.distri.node.sync;

import io.distri.node.db.Holding;
import io.distri.node.db.VersionVector;
import io.distri.node.membership.Member;
import io.distri.node.membership.TableNews;
import io.distri.node.security.TrustEntry;
import io.distri.protocol.identity.KeyId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node tells another with every message, asked or answering.
 *
 * @param member the teller's own row of the node table
 * @param holding what it holds
 * @param base what every member holds, on which {@code holding} rests; null where the other knows
 *     it as far as the teller can tell
 * @param table what it knows of the members
 * @param trustDigest of the operators' decisions that it knows
 * @param trust those decisions; null where the other knows them as far as the teller can tell
 */
record News(
    Member member,
    Holding holding,
    @Nullable VersionVector base,
    TableNews table,
    String trustDigest,
    @Nullable List<TrustEntry> trust) {

  /** Throws {@link IllegalArgumentException} where an id in it is none. */
  News {
    KeyId.checked(member.id());
    table.rows().forEach(row -> KeyId.checked(row.id()));
    if (trust != null) {
      trust.forEach(decision -> KeyId.checked(decision.keyId()));
    }
  }
}
