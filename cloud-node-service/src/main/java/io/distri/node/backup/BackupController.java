package io.distri.node.backup;

import io.distri.node.db.CollectionSummary;
import io.distri.node.db.Coverage;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.StorageException;
import io.distri.node.db.json.InvalidInputException;
import io.distri.node.db.service.WriteAcks;
import io.distri.node.local.LocalNode;
import io.distri.node.problem.ProblemException;
import io.distri.node.security.ClusterId;
import io.distri.node.security.InternalPortFilter;
import io.distri.node.security.InternalWire;
import io.distri.protocol.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** Hands operators the whole DB, and takes documents in from them. */
@RestController
final class BackupController {
  /** What a push takes, many times over; a node that lags for longer says so in its backup. */
  private static final Duration CATCH_UP = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(BackupController.class);

  private final LocalNode self;
  private final ClusterId cluster;
  private final DocumentStore documents;
  private final WriteAcks acks;
  private final Intake intake;
  private final InternalWire wire;
  private final Clock clock;

  /** A backup keeps all that it writes in memory, though it be replaced meanwhile. */
  private final Semaphore backups = new Semaphore(1);

  BackupController(
      LocalNode self,
      ClusterId cluster,
      DocumentStore documents,
      WriteAcks acks,
      Intake intake,
      InternalWire wire,
      Clock clock) {
    this.self = self;
    this.cluster = cluster;
    this.documents = documents;
    this.acks = acks;
    this.intake = intake;
    this.wire = wire;
    this.clock = clock;
  }

  @PostMapping(BackupPaths.BACKUP)
  void backup(
      @RequestAttribute(InternalPortFilter.CALLER) String operator, HttpServletResponse response)
      throws IOException, InterruptedException {
    requireServing();
    if (!backups.tryAcquire()) {
      throw new ProblemException(
          ProblemType.REFUSED, "A backup of this node is under way already.", CATCH_UP);
    }
    try {
      log.info("operator {} takes a backup", operator);
      boolean complete = documents.await(acks.told(), CATCH_UP);
      response.setContentType("application/octet-stream");
      BackupWriter.write(
          head(complete), documents.delta(Coverage.NOTHING), response.getOutputStream());
    } finally {
      backups.release();
    }
  }

  private BackupHead head(boolean complete) {
    long held = documents.collections().stream().mapToLong(CollectionSummary::documents).sum();
    return new BackupHead(cluster.value().orElse(""), self.id(), clock.millis(), held, complete);
  }

  @PostMapping(BackupPaths.RESTORE)
  byte[] restore(
      @RequestAttribute(InternalPortFilter.CALLER) String operator, HttpServletRequest http)
      throws IOException, InterruptedException {
    requireServing();
    Incoming incoming = wire.read(http, Incoming.class);
    if (!incoming.dryRun()) {
      log.info("operator {} brings {} documents", operator, incoming.page().documents().size());
    }
    try {
      return wire.write(intake.take(incoming));
    } catch (InvalidInputException invalid) {
      throw new ProblemException(invalid.problem(), invalid.detail());
    } catch (StorageException unsafe) {
      throw new ProblemException(unsafe.problem(), unsafe.detail());
    }
  }

  private void requireServing() {
    if (!self.serves()) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE, "The node is " + self.state().key() + ". Ask another one.");
    }
  }
}
