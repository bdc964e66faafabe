package io.distri.node.db.service;

import io.distri.node.db.DocumentStore;
import io.distri.node.db.FeedToken;
import io.distri.node.db.Refusal;
import io.distri.node.db.json.InvalidInputException;
import io.distri.node.local.LocalNode;
import io.distri.node.problem.ProblemException;
import io.distri.node.problem.ProblemWriter;
import io.distri.node.settings.NodeProperties;
import io.distri.node.stream.EventStreams;
import io.distri.protocol.ProblemType;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells callers what changes in a collection, as server-sent events. */
@RestController
final class ChangesController {
  /** Beyond it the node's descriptors would get scarce. */
  private static final int MOST_LISTENERS = 1000;

  private static final Duration CATCH_UP = Duration.ofSeconds(1);

  /** How long a page is kept waiting at a node that does not serve yet, or lags behind. */
  private static final Duration HOLD = Duration.ofSeconds(30);

  private static final String NOW = "now";

  private final DocumentStore documents;
  private final LocalNode self;
  private final ProblemWriter problems;
  private final EventStreams listeners;

  ChangesController(
      DocumentStore documents,
      LocalNode self,
      ProblemWriter problems,
      NodeProperties properties,
      MeterRegistry meters) {
    this.documents = documents;
    this.self = self;
    this.problems = problems;
    this.listeners =
        new EventStreams("changes", MOST_LISTENERS, properties.streams().sharePercent(), meters);
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
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    String from = last == null || last.isEmpty() ? since : last;
    boolean now = NOW.equals(from);
    ChangeStream stream =
        new ChangeStream(
            documents, self, problems, collection, from == null || now ? null : token(from), now);
    listeners.answer(request, response, () -> begin(stream, request));
  }

  private static FeedToken token(String text) {
    try {
      return FeedToken.parse(text);
    } catch (InvalidInputException invalid) {
      throw new ProblemException(invalid.problem(), invalid.detail());
    }
  }

  private EventStreams.Events begin(ChangeStream stream, HttpServletRequest request)
      throws InterruptedException {
    if (stream.isReady(CATCH_UP)) {
      Optional<Refusal> refusal = stream.prepare();
      if (refusal.isPresent()) {
        throw CollectionWriter.refused(refusal.get());
      }
      return stream::tell;
    }
    if (wantsEventsOnly(request)) {
      return out -> stream.tellOnceReady(HOLD, out);
    }
    throw self.serves()
        ? new ProblemException(
            ProblemType.BEHIND_SESSION,
            "This node does not hold yet what was told before. Call another one.",
            Duration.ofSeconds(1))
        : new ProblemException(
            ProblemType.UNAVAILABLE,
            "The node is " + self.state().key() + ". Call another one.",
            Duration.ofSeconds(1));
  }

  /** A browser's EventSource is such a caller: after any other status it never comes back. */
  private static boolean wantsEventsOnly(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null
        && accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE)
        && !accept.contains("json");
  }
}
