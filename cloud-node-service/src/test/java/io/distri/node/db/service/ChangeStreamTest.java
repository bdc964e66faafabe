package io.distri.node.db.service;

import static io.distri.node.TestNode.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.db.ChangesOutcome.Changes;
import io.distri.node.db.Document;
import io.distri.node.db.DocumentBody;
import io.distri.node.db.Dot;
import io.distri.node.db.FeedToken;
import io.distri.node.db.HlcClock;
import io.distri.node.db.Journal;
import io.distri.node.db.Replica;
import io.distri.node.db.VersionVector;
import io.distri.node.db.filter.Filter;
import io.distri.node.local.LocalNode;
import io.distri.node.problem.ProblemWriter;
import io.distri.node.stream.EventOutput;
import io.distri.node.stream.EventStreams;
import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** How a stream of changes ends. */
class ChangeStreamTest {
  private static final String COLLECTION = "catalog";
  private static final HostPort ADDRESS = new HostPort("127.0.0.1", 3000);

  private final Replica db =
      new Replica(
          1, new HlcClock(System::currentTimeMillis), () -> "x", List.of(COLLECTION), Journal.NONE);
  private final LocalNode self = new LocalNode("id", ADDRESS, ADDRESS, ADDRESS);

  /** What the listener gets; something happens while it takes the first of it. */
  private static final class Listener extends ByteArrayOutputStream {
    private Runnable meanwhile;

    Listener(Runnable meanwhile) {
      this.meanwhile = meanwhile;
    }

    @Override
    public void flush() {
      meanwhile.run();
      meanwhile = () -> {};
    }

    String told() {
      return toString(UTF_8);
    }
  }

  @BeforeEach
  void serve() {
    self.move(NodeState.JOINING, NodeState.UP);
  }

  @Test
  void a_listener_that_reads_too_slowly_is_told_that_changes_are_forgotten() throws Exception {
    String told =
        listen(() -> {
          db.add(COLLECTION, Document.parse("{}".getBytes(UTF_8)), null);
          db.settle(db.version().all());
        });

    assertThat(told)
        .contains(
            "event: changes-forgotten\ndata: {\"type\":\"urn:distri:problem:changes-forgotten\"")
        .contains("listen again without an id")
        .as("a browser comes back without an id")
        .endsWith("}\nid:\n\n");
  }

  @Test
  void a_listener_of_a_deleted_collection_is_told_so_and_keeps_its_id() throws Exception {
    String told = listen(() -> db.deleteCollection(COLLECTION, null));
    assertThat(told)
        .contains(
            "event: collection-deleted\ndata: {\"type\":\"urn:distri:problem:collection-deleted\"")
        .endsWith("}\n\n");
  }

  private String listen(Runnable meanwhile) throws Exception {
    Listener listener = new Listener(meanwhile);
    ChangeStream stream = stream(null);
    assertThat(stream.prepare()).isEmpty();
    stream.tell(new EventOutput(listener));
    return listener.told();
  }

  @Test
  void a_listener_that_waits_holds_nothing_of_the_db() throws Exception {
    db.add(COLLECTION, Document.parse("{\"UUID\":\"a\"}".getBytes(UTF_8)), null);
    WeakReference<DocumentBody> body = new WeakReference<>(bodyOfTheOnlyDocument());
    CountDownLatch listens = new CountDownLatch(1);
    ChangeStream stream = stream(null);
    assertThat(stream.prepare()).isEmpty();
    EventStreams.Events events = stream::tell;
    Thread listener =
        Thread.ofPlatform()
            .start(() -> {
              try {
                events.writeTo(new EventOutput(new Listener(listens::countDown)));
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    listens.await();
    db.delete(COLLECTION, Filter.uuid("a"), null);

    await()
        .until(() -> {
          System.gc();
          return body.get() == null;
        });
    assertThat(listener.isAlive()).isTrue();
    self.move(NodeState.UP, NodeState.RESTARTING);
    listener.join();
  }

  private DocumentBody bodyOfTheOnlyDocument() {
    return ((Changes) db.changes(COLLECTION, null)).documents().iterator().next().body();
  }

  @Test
  void a_page_that_was_told_what_no_node_holds_any_more_begins_anew() throws Exception {
    FeedToken lost = new FeedToken(1, 0, VersionVector.of(new Dot(7, 7)), false);
    Listener listener = new Listener(() -> {});
    stream(lost).tellOnceReady(Duration.ZERO, new EventOutput(listener));
    assertThat(listener.told()).startsWith("retry: ").contains("event: changes-forgotten\n");
  }

  @Test
  void a_page_at_a_node_that_goes_comes_back_later() throws Exception {
    self.move(NodeState.UP, NodeState.RESTARTING);
    Listener listener = new Listener(() -> {});
    stream(null).tellOnceReady(Duration.ofDays(1), new EventOutput(listener));
    assertThat(listener.told()).isEqualTo("retry: 2000\n\n");
  }

  private ChangeStream stream(@Nullable FeedToken from) {
    return new ChangeStream(
        db, self, new ProblemWriter(JsonMapper.shared()), COLLECTION, from, false);
  }
}
