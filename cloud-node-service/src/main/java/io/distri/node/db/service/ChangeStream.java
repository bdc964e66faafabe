package io.distri.node.db.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.distri.node.db.ChangedDocument;
import io.distri.node.db.ChangesOutcome.Changes;
import io.distri.node.db.DocumentBody;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.FeedToken;
import io.distri.node.db.Refusal;
import io.distri.node.db.VersionVector;
import io.distri.node.local.LocalNode;
import io.distri.node.problem.ProblemWriter;
import io.distri.node.stream.EventOutput;
import io.distri.protocol.NodeState;
import io.distri.protocol.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The changes of a collection as server-sent events for one listener: {@code document} with the
 * document, {@code deleted} with its UUID, and at the end the problem that ended it, such as {@code
 * collection-deleted} or {@code changes-forgotten}.
 *
 * <p>The id comes with the last event of those that became visible together: a listener that stops
 * before it is told them again. It also comes with a {@code heartbeat}, at the beginning and where
 * nothing happens, so that the id of a quiet collection stays as good as that of a busy one. A
 * heartbeat has data, since some listeners don't take an id without, and a comment for those that
 * go by comments.
 */
final class ChangeStream {
  /** How soon a stream ends once the node stops. */
  private static final Duration LOOK = Duration.ofMillis(500);

  /** Browsers wait this long before they connect again. */
  private static final Duration RETRY = Duration.ofSeconds(2);

  private static final byte[] DATA = "data: ".getBytes(US_ASCII);
  private static final byte[] END = "\n".getBytes(US_ASCII);

  private final DocumentStore documents;
  private final LocalNode self;
  private final ProblemWriter problems;
  private final String collection;
  private final @Nullable FeedToken from;
  private final boolean now;

  /** Until it is told: it holds a snapshot of the DB, which a stream that waits must not. */
  private @Nullable Changes first;

  /**
   * @param from the place after what the listener has been told; null for none
   * @param now whether a listener without a place is told nothing of what is there
   */
  ChangeStream(
      DocumentStore documents,
      LocalNode self,
      ProblemWriter problems,
      String collection,
      @Nullable FeedToken from,
      boolean now) {
    this.documents = documents;
    this.self = self;
    this.problems = problems;
    this.collection = collection;
    this.from = from;
    this.now = now;
  }

  /** Whether the node serves and holds what the listener was told before; waits for the latter. */
  boolean isReady(Duration atMost) throws InterruptedException {
    return self.serves()
        && documents.await(from == null ? VersionVector.EMPTY : from.seen(), atMost);
  }

  /** Finds what to tell at first; a refusal where there is no stream. */
  Optional<Refusal> prepare() {
    return switch (documents.changes(collection, from)) {
      case Changes all -> {
        first = now ? new Changes(List.of(), all.next()) : all;
        yield Optional.empty();
      }
      case Refusal refusal -> Optional.of(refusal);
    };
  }

  /**
   * Writes what {@link #prepare} found and what changes from then on; returns when there will be no
   * more.
   */
  void tell(EventOutput out) throws IOException, InterruptedException {
    begin(out);
    goOn(out);
  }

  /**
   * Writes comments until the node is ready, and then as {@link #tell} does. Where it does not get
   * ready the stream ends, so that the listener comes back, to another node maybe. But a node that
   * serves and does not get what the listener was told tells it to begin anew: that may be lost.
   */
  void tellOnceReady(Duration atMost, EventOutput out) throws IOException, InterruptedException {
    begin(out);
    out.flush();
    long end = System.nanoTime() + atMost.toNanos();
    while (!isReady(LOOK)) {
      if (System.nanoTime() - end > 0 && self.serves()) {
        end(new Refusal.ChangesForgotten(collection), out);
        return;
      }
      if (System.nanoTime() - end > 0 || !(self.serves() || self.state() == NodeState.JOINING)) {
        return;
      }
      if (!self.serves()) {
        TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
      }
      if (out.isSilent()) {
        send(":\n\n", out);
      }
    }
    Optional<Refusal> refusal = prepare();
    if (refusal.isPresent()) {
      end(refusal.get(), out);
    } else {
      goOn(out);
    }
  }

  private static void begin(EventOutput out) throws IOException {
    write("retry: " + RETRY.toMillis() + "\n\n", out);
  }

  private void goOn(EventOutput out) throws IOException, InterruptedException {
    FeedToken token = tellFirst(out);
    while (token != null && self.serves()) {
      if (documents.awaitMore(token, LOOK)) {
        token = tellMore(token, out);
      }
      if (token != null && out.isSilent()) {
        send(heartbeat(token), out);
      }
    }
  }

  /** The place after what is told now. */
  private FeedToken tellFirst(EventOutput out) throws IOException {
    Changes changes = Objects.requireNonNull(first);
    first = null;
    send(heartbeat(place(changes)), out);
    write(changes, out);
    return changes.next();
  }

  /** The place after what is told now; null where that was the end. */
  private @Nullable FeedToken tellMore(FeedToken token, EventOutput out) throws IOException {
    return switch (documents.changes(collection, token)) {
      case Changes more -> {
        write(more, out);
        yield more.next();
      }
      case Refusal refusal -> {
        end(refusal, out);
        yield null;
      }
    };
  }

  /** Where a listener goes on that is told only some of this. */
  private FeedToken place(Changes changes) {
    if (!changes.documents().iterator().hasNext()) {
      return changes.next();
    }
    return from == null ? changes.next().onlyPartly() : from;
  }

  private static String id(FeedToken token) {
    return "id: " + token.toText() + "\n";
  }

  private static String heartbeat(FeedToken token) {
    return "event: heartbeat\ndata: {}\n" + id(token) + ":\n\n";
  }

  private static void send(String text, EventOutput out) throws IOException {
    write(text, out);
    out.flush();
  }

  private static void write(Changes changes, EventOutput out) throws IOException {
    Iterator<ChangedDocument> documents = changes.documents().iterator();
    if (!documents.hasNext()) {
      return;
    }
    while (documents.hasNext()) {
      write(documents.next(), out);
      write(documents.hasNext() ? "\n" : id(changes.next()) + "\n", out);
    }
    out.flush();
  }

  private static void write(ChangedDocument document, EventOutput out) throws IOException {
    DocumentBody body = document.body();
    write(body == null ? "event: deleted\n" : "event: document\n", out);
    out.write(DATA);
    if (body == null) {
      String uuid = JsonNodeFactory.instance.objectNode().put("UUID", document.uuid()).toString();
      out.write(uuid.getBytes(UTF_8));
    } else {
      body.writeTo(out);
    }
    out.write(END);
  }

  /** Where changes are forgotten, the listener's id is so too: without it a browser begins anew. */
  private void end(Refusal refusal, EventOutput out) throws IOException {
    ProblemType problem = refusal.problem();
    write("event: " + problem.slug() + "\n", out);
    out.write(DATA);
    out.write(problems.toJson(problem, refusal.detail()));
    write(problem == ProblemType.CHANGES_FORGOTTEN ? "\nid:\n\n" : "\n\n", out);
    out.flush();
  }

  private static void write(String text, EventOutput out) throws IOException {
    out.write(text.getBytes(US_ASCII));
  }
}
