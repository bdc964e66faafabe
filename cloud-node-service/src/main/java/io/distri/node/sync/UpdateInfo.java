package io.distri.node.sync;

import io.distri.node.db.Entry;
import io.distri.node.db.Push;
import io.distri.node.db.VersionVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What nodes say to each other, every second and after every write.
 *
 * @param clusterId the sender's cluster; a node never talks to two
 * @param news the sender's
 * @param push writes of the sender's, or null
 * @param pull what the sender asks for, or null
 * @param probe id of a member of whom the sender asks whether the receiver reaches it, or null
 */
record UpdateInfo(
    String clusterId, News news, @Nullable Push push, @Nullable Pull pull, @Nullable String probe) {

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
   * @param news with what the message brought, where it was taken in
   * @param page null where nothing was asked for, or the session is gone
   * @param reached whether the member that was asked about was reached just now
   */
  record Answer(News news, @Nullable Page page, boolean reached) {}
}
