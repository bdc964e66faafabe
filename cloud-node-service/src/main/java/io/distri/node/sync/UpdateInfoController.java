package io.distri.node.sync;

import io.distri.node.db.ApplyOutcome;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.StorageException;
import io.distri.node.membership.MemberTable;
import io.distri.node.membership.SelfMember;
import io.distri.node.problem.ProblemException;
import io.distri.node.security.ClusterId;
import io.distri.node.security.InternalPortFilter;
import io.distri.node.security.InternalWire;
import io.distri.node.security.RareLog;
import io.distri.node.security.Whitelist;
import io.distri.node.sync.UpdateInfo.Answer;
import io.distri.node.sync.UpdateInfo.Page;
import io.distri.protocol.ProblemType;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** Takes in what other nodes tell, and answers with what this one holds. */
@Hidden
@RestController
final class UpdateInfoController {
  private static final Logger log = LoggerFactory.getLogger(UpdateInfoController.class);

  private final DocumentStore documents;
  private final SelfMember self;
  private final MemberTable members;
  private final ClusterId cluster;
  private final Whitelist whitelist;
  private final InternalWire wire;
  private final AckBoard board;
  private final PullSessions sessions;
  private final RareLog skew = new RareLog(Duration.ofMinutes(1));

  UpdateInfoController(
      DocumentStore documents,
      SelfMember self,
      MemberTable members,
      ClusterId cluster,
      Whitelist whitelist,
      InternalWire wire,
      AckBoard board,
      PullSessions sessions) {
    this.documents = documents;
    this.self = self;
    this.members = members;
    this.cluster = cluster;
    this.whitelist = whitelist;
    this.wire = wire;
    this.board = board;
    this.sessions = sessions;
  }

  @PostMapping(UpdateInfo.PATH)
  byte[] update(@RequestAttribute(InternalPortFilter.CALLER) String caller, HttpServletRequest http)
      throws IOException {
    UpdateInfo info = wire.read(http, UpdateInfo.class);
    if (!info.sender().id().equals(caller)) {
      throw new ProblemException(ProblemType.FORBIDDEN, "The sender is another than the caller.");
    }
    if (!info.clusterId().equals(cluster.value().orElse(""))) {
      throw new ProblemException(
          ProblemType.FOREIGN_CLUSTER, "This node belongs to another cluster.");
    }
    members.heard(info.sender());
    members.learned(info.table());
    board.holds(info.sender(), info.holding());
    if (info.trust() != null) {
      whitelist.merge(info.trust());
    }
    if (info.push() != null) {
      take(info);
    }
    Page page =
        info.pull() == null ? null : sessions.page(caller, info.pull(), info.holding().version());
    String digest = whitelist.digest();
    return wire.write(
        new Answer(
            self.now(),
            documents.holding(),
            members.members(),
            digest,
            digest.equals(info.trustDigest()) ? null : whitelist.decisions(),
            page));
  }

  private void take(UpdateInfo info) {
    try {
      ApplyOutcome outcome = documents.apply(Objects.requireNonNull(info.push()));
      if (outcome instanceof ApplyOutcome.HeldBack held && skew.mayLog(info.sender().id())) {
        log.warn(
            "the timestamps of the node at {} are {} ms ahead of this node's clock: nothing is taken from it until they agree",
            info.sender().address(),
            held.lead().toMillis());
      }
    } catch (StorageException unsafe) {
      throw new ProblemException(unsafe.problem(), unsafe.detail());
    } catch (IllegalArgumentException foreign) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, String.valueOf(foreign.getMessage()));
    }
  }
}
