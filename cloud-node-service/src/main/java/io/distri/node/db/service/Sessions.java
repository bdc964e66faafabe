package io.distri.node.db.service;

import io.distri.node.db.DocumentStore;
import io.distri.node.db.VersionVector;
import io.distri.node.problem.ProblemException;
import io.distri.node.service.Deadline;
import io.distri.node.service.ServiceRequest;
import io.distri.node.service.ServiceResponse;
import io.distri.node.settings.NodeProperties.Db;
import io.distri.protocol.Headers;
import io.distri.protocol.ProblemType;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Keeps promises between calls: what a session has seen is there before a call begins, and what it
 * wrote is safe before the call ends. Thread-safe.
 */
final class Sessions {
  /** As long as a push takes that no disk holds up. */
  private static final Duration PUSH = Duration.ofMillis(50);

  /**
   * Calls that may wait for longer, a quarter of those that run: sessions can be made up of writes
   * that will never come.
   */
  private static final int MOST_WAITING = 64;

  private static final String REMEDY =
      "Start the nodes that are down, or set write-ack=local to do without their copies.";

  private final DocumentStore documents;
  private final WriteAcks acks;
  private final Db settings;
  private final Timer acknowledging;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);

  /**
   * @param acknowledging takes the time that writes wait for copies
   */
  Sessions(DocumentStore documents, WriteAcks acks, Db settings, Timer acknowledging) {
    this.documents = documents;
    this.acks = acks;
    this.settings = settings;
    this.acknowledging = acknowledging;
  }

  /**
   * Waits until this node holds what the caller's session has seen.
   *
   * <p>That is on its way wherever most nodes answer: the write is here once this node's disk has
   * it, which takes 500 ms on a busy one. So the wait may be as long as that of a write for its
   * copies, and half of the caller's deadline. Otherwise the caller is sent to another node.
   *
   * @return what it has seen
   * @throws ProblemException where it does not hold that in time, or the token is none
   */
  VersionVector begin(ServiceRequest request) throws InterruptedException {
    return begin(request, VersionVector.EMPTY);
  }

  /** The same, where the caller has seen more than its session says. */
  VersionVector begin(ServiceRequest request, VersionVector more) throws InterruptedException {
    String token = request.header(Headers.SESSION).orElse("");
    VersionVector seen = (token.isEmpty() ? VersionVector.EMPTY : parse(token)).merge(more);
    if (!documents.await(seen, request.deadline().leftAtMost(PUSH))
        && !isCaughtUp(seen, request.deadline())) {
      throw new ProblemException(
          ProblemType.BEHIND_SESSION,
          "This node does not hold yet what the session has seen. Nothing was executed; call another one.",
          Duration.ofSeconds(1));
    }
    return seen;
  }

  private boolean isCaughtUp(VersionVector seen, Deadline deadline) throws InterruptedException {
    if (!waiting.tryAcquire()) {
      return false;
    }
    try {
      Duration half = deadline.left().dividedBy(2);
      Deadline end =
          Deadline.in(half.compareTo(settings.writeTimeout()) < 0 ? half : settings.writeTimeout());
      boolean caughtUp = false;
      while (!caughtUp && !end.passed() && mostAnswer()) {
        caughtUp = documents.await(seen, end.leftAtMost(PUSH));
      }
      return caughtUp;
    } finally {
      waiting.release();
    }
  }

  /** Whether this node is among most of several: some other one of them holds any write then. */
  private boolean mostAnswer() {
    WriteAcks.Acked inReach = acks.inReach();
    return inReach.voters() > 1 && inReach.copies() > inReach.voters() / 2;
  }

  /**
   * The same before a write: where too few nodes answer to take copies, as on one that is cut off,
   * it isn't begun. It would come to nothing, and appear all the same once they answer again.
   *
   * @throws ProblemException likewise, and where too few nodes are in reach
   */
  VersionVector beginWrite(ServiceRequest request) throws InterruptedException {
    WriteAcks.Acked inReach = acks.inReach();
    if (!inReach.enough()) {
      throw new ProblemException(
          ProblemType.TOO_FEW_IN_REACH,
          "%s. Nothing was executed; call another node. %s"
              .formatted(lacking(inReach, "are in reach"), REMEDY),
          Duration.ofSeconds(1));
    }
    return begin(request);
  }

  /** What is missing, in words. */
  private String lacking(WriteAcks.Acked acked, String what) {
    return "%s of %s nodes %s and %s have to hold a write (distri.node.db.write-ack=%s)"
        .formatted(
            acked.copies(),
            acked.voters(),
            what,
            acked.needed(),
            settings.writeAck().name().toLowerCase(Locale.ROOT));
  }

  private static VersionVector parse(String token) {
    try {
      return VersionVector.ofToken(token);
    } catch (IllegalArgumentException malformed) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST,
          "The " + Headers.SESSION + " header is no token that a node gave out.");
    }
  }

  /**
   * Sends writes to the other nodes, waits until enough of them hold them, and answers with the
   * token that stands for them.
   *
   * @param before what the session had seen
   * @throws ProblemException where it took too long: the writes may appear all the same
   */
  ServiceResponse written(
      ServiceResponse response, VersionVector before, VersionVector writes, Deadline deadline)
      throws InterruptedException {
    acks.send();
    long begun = System.nanoTime();
    WriteAcks.Acked acked = acks.await(writes, deadline.leftAtMost(settings.writeTimeout()));
    acknowledging.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    if (!acked.enough()) {
      throw new ProblemException(
          ProblemType.NOT_ACKNOWLEDGED,
          "%s. It may still appear on all of them. %s"
              .formatted(lacking(acked, "hold it"), REMEDY));
    }
    return seen(response, before.merge(writes));
  }

  /**
   * Answers with the token that stands for all that the caller has seen, with this call and before:
   * it takes the place of the one that came with the call, and leaves out what every member holds.
   */
  ServiceResponse seen(ServiceResponse response, VersionVector session) {
    String token = documents.version().session(session).toToken();
    return token.isEmpty() ? response : response.withHeader(Headers.SESSION, token);
  }
}
