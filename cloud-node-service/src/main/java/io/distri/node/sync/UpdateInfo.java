package io.distri.node.sync;

import io.distri.node.db.Entry;
import io.distri.node.db.Holding;
import io.distri.node.db.Push;
import io.distri.node.db.VersionVector;
import io.distri.node.membership.Member;
import io.distri.node.security.TrustEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What nodes say to each other, every second and after every write.
 *
 * @param clusterId the sender's cluster; a node never talks to two
 * @param sender the sender's own row of the node table
 * @param holding what the sender holds
 * @param table the members that the sender knows
 * @param trustDigest of the operators' decisions that the sender knows
 * @param trust those decisions; null where the receiver knows them as far as the sender can tell
 * @param push writes of the sender's, or null
 * @param pull what the sender asks for, or null
 */
record UpdateInfo(
    String clusterId,
    Member sender,
    Holding holding,
    List<Member> table,
    String trustDigest,
    @Nullable List<TrustEntry> trust,
    @Nullable Push push,
    @Nullable Pull pull) {

  /** Where it is sent. */
  static final String PATH = "/internal/update-info";

  /**
   * Asks for a page of what the sender lacks.
   *
   * @param session the session's id; null to begin one
   * @param all whether to send what the sender's vector covers, too
   */
  record Pull(@Nullable String session, boolean all) {}

  /**
   * A page of a session.
   *
   * @param last whether it is the last one
   * @param snapshot what the receiver holds once it has all pages
   */
  record Page(String session, List<Entry> entries, boolean last, VersionVector snapshot) {}

  /**
   * The answer.
   *
   * @param member the answering node's own row
   * @param holding what it holds, the push included where it was taken in
   * @param table the members that it knows
   * @param trustDigest of the operators' decisions that it knows, the sender's included
   * @param trust those decisions; null where the sender knows them
   * @param page null where nothing was asked for, or the session is gone
   */
  record Answer(
      Member member,
      Holding holding,
      List<Member> table,
      String trustDigest,
      @Nullable List<TrustEntry> trust,
      @Nullable Page page) {}
}
