package io.distri.node.sync;

import io.distri.node.db.ApplyOutcome;
import io.distri.node.db.Coverage;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.Entry;
import io.distri.node.db.Push;
import io.distri.node.db.StorageException;
import io.distri.node.db.VersionVector;
import io.distri.node.db.json.InvalidInputException;
import io.distri.node.problem.ProblemException;
import io.distri.node.security.ClusterId;
import io.distri.node.security.InternalPortFilter;
import io.distri.node.security.InternalWire;
import io.distri.node.sync.UpdateInfo.Answer;
import io.distri.node.sync.UpdateInfo.Page;
import io.distri.protocol.ProblemType;
import io.distri.protocol.guard.RareLog;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** Takes in what other nodes tell, and answers with what this one holds. */
@RestController
final class UpdateInfoController {
  private static final Logger log = LoggerFactory.getLogger(UpdateInfoController.class);

  private final DocumentStore documents;
  private final Newsroom newsroom;
  private final ClusterId cluster;
  private final InternalWire wire;
  private final PullSessions sessions;
  private final Links links;
  private final RareLog skew = RareLog.everyMinute();

  UpdateInfoController(
      DocumentStore documents,
      Newsroom newsroom,
      ClusterId cluster,
      InternalWire wire,
      PullSessions sessions,
      Links links) {
    this.documents = documents;
    this.newsroom = newsroom;
    this.cluster = cluster;
    this.wire = wire;
    this.sessions = sessions;
    this.links = links;
  }

  @PostMapping(UpdateInfo.PATH)
  byte[] update(@RequestAttribute(InternalPortFilter.CALLER) String caller, HttpServletRequest http)
      throws IOException, InterruptedException {
    UpdateInfo info = wire.read(http, UpdateInfo.class);
    if (!info.news().member().id().equals(caller)) {
      throw new ProblemException(ProblemType.FORBIDDEN, "The sender is another than the caller.");
    }
    if (!info.clusterId().equals(cluster.value().orElse(""))) {
      throw new ProblemException(
          ProblemType.FOREIGN_CLUSTER, "This node belongs to another cluster.");
    }
    newsroom.hear(info.news(), null);
    VersionVector base = newsroom.base(info.news());
    if (info.push() != null && documents.base(info.news().holding().base()) != null) {
      take(info);
    }
    Page page =
        info.pull() == null || base == null
            ? null
            : sessions.page(caller, info.pull(), Coverage.of(base, info.news().holding().recent()));
    boolean reached = info.probe() != null && links.reaches(info.probe());
    News answer = newsroom.tell(caller, info.news());
    return wire.write(new Answer(answer, page, reached));
  }

  private void take(UpdateInfo info) {
    try {
      Push push = Objects.requireNonNull(info.push());
      push.entries().forEach(Entry::check);
      ApplyOutcome outcome = documents.apply(push);
      if (outcome instanceof ApplyOutcome.HeldBack held && skew.mayLog(info.news().member().id())) {
        log.warn(
            "the timestamps of the node at {} are {} ms ahead of this node's clock: nothing is taken from it until they agree",
            info.news().member().address(),
            held.lead().toMillis());
      }
    } catch (StorageException unsafe) {
      throw new ProblemException(unsafe.problem(), unsafe.detail());
    } catch (IllegalArgumentException | InvalidInputException refused) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, String.valueOf(refused.getMessage()));
    }
  }
}
