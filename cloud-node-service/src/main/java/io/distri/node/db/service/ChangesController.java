package io.distri.node.db.service;

import io.distri.node.db.ChangesOutcome.Changes;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.FeedToken;
import io.distri.node.db.Refusal;
import io.distri.node.db.json.InvalidInputException;
import io.distri.node.local.LocalNode;
import io.distri.node.problem.ProblemException;
import io.distri.protocol.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells whoever listens what changes in a collection, as server-sent events. Each listener holds a
 * virtual thread, and nothing of the DB.
 */
@RestController
final class ChangesController {
  /** Beyond it the node's descriptors would get scarce. */
  private static final int MOST_LISTENERS = 1000;

  private static final Duration CATCH_UP = Duration.ofSeconds(1);

  private static final String NOW = "now";

  private final DocumentStore documents;
  private final LocalNode self;
  private final Semaphore listeners = new Semaphore(MOST_LISTENERS);

  ChangesController(DocumentStore documents, LocalNode self) {
    this.documents = documents;
    this.self = self;
  }

  /**
   * Answers until the caller goes, the collection is deleted or the node stops.
   *
   * @param last the id of the last event that the caller has seen; without it, all documents come
   *     first
   * @param since the same, or {@code now} for what changes from now on
   */
  @GetMapping("/collections/{name}/changes")
  void changes(
      @PathVariable("name") String collection,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
      @RequestParam(name = "since", required = false) @Nullable String since,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    if (!self.serves()) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE,
          "The node is " + self.state().key() + ". Call another one.",
          Duration.ofSeconds(1));
    }
    if (!listeners.tryAcquire()) {
      throw new ProblemException(
          ProblemType.REFUSED,
          "%d callers listen to this node already. Call another one.".formatted(MOST_LISTENERS),
          Duration.ofSeconds(1));
    }
    try {
      String from = last == null || last.isEmpty() ? since : last;
      Changes first = first(collection, from);
      response.setContentType("text/event-stream;charset=UTF-8");
      response.setHeader("Cache-Control", "no-store");
      OutputStream out = response.getOutputStream();
      new ChangeStream(documents, collection, self::serves, out).tell(first);
    } finally {
      listeners.release();
    }
  }

  private Changes first(String collection, @Nullable String from) throws InterruptedException {
    try {
      boolean now = NOW.equals(from);
      FeedToken token = from == null || now ? null : FeedToken.parse(from);
      if (token != null && !documents.await(token.seen(), CATCH_UP)) {
        throw new ProblemException(
            ProblemType.BEHIND_SESSION,
            "This node does not hold yet what was told before. Call another one.",
            Duration.ofSeconds(1));
      }
      return switch (documents.changes(collection, token)) {
        case Changes all -> now ? new Changes(List.of(), all.next()) : all;
        case Refusal refusal -> throw CollectionWriter.refused(refusal);
      };
    } catch (InvalidInputException invalid) {
      throw new ProblemException(invalid.problem(), invalid.detail());
    }
  }
}
