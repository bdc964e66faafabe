package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distri.client.ScriptedNode.Answer;
import io.distri.client.ScriptedNode.Received;
import io.distri.protocol.ProblemType;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change feed over a scripted node. */
class DocumentChangesTest {
  private static final String DOCUMENT = "event: document\ndata: {\"UUID\":\"a\"}\nid: told\n\n";

  private final ScriptedNode node = ScriptedNode.start("a");
  private DistriClient client;
  private DocumentChanges changes;

  @BeforeEach
  void connect() {
    client = DistriClient.builder().nodes(node.address().toString()).build();
    changes = new DistriCollections(client).changes("quiet");
  }

  @AfterEach
  void stop() {
    changes.close();
    client.close();
    node.close();
  }

  /** Answers with these, one after the other. */
  private void answering(Answer... answers) {
    AtomicInteger asked = new AtomicInteger();
    node.answering(call -> answers[asked.getAndIncrement()]);
  }

  private static String heartbeat(String id) {
    return "event: heartbeat\ndata: {}\nid: " + id + "\n\n";
  }

  private List<String> ids() {
    return node.received().stream().map(call -> call.header("Last-Event-ID")).toList();
  }

  @Test
  void a_quiet_listener_goes_on_after_the_last_heartbeat() {
    answering(
        Answer.events(heartbeat("first") + heartbeat("second")),
        Answer.events(heartbeat("third") + DOCUMENT + heartbeat("later")));

    assertThat(changes.hasNext()).isTrue();
    assertThat(ids()).containsExactly("", "second");
    assertThat(changes.token()).as("before the document is taken").isEqualTo("third");
    changes.next();
    assertThat(changes.token()).isEqualTo("told");
  }

  @Test
  void forgotten_changes_are_told_apart_from_a_deleted_collection() {
    String problem =
        "data: {\"type\":\"%s\",\"status\":410,\"detail\":\"listen again\"}\nid:\n\n"
            .formatted(ProblemType.CHANGES_FORGOTTEN.uri());
    answering(
        Answer.events(heartbeat("first") + "event: changes-forgotten\n" + problem),
        Answer.problem(ProblemType.CHANGES_FORGOTTEN, "listen again"),
        Answer.problem(ProblemType.COLLECTION_DELETED, "it is gone"),
        Answer.events("event: collection-deleted\ndata: {}\n\n"));

    for (ProblemType type :
        List.of(
            ProblemType.CHANGES_FORGOTTEN,
            ProblemType.CHANGES_FORGOTTEN,
            ProblemType.COLLECTION_DELETED)) {
      assertThatExceptionOfType(RejectedException.class)
          .isThrownBy(changes::hasNext)
          .satisfies(e -> assertThat(e.problem().is(type)).isTrue());
    }
    assertThat(changes.hasNext()).isFalse();
    assertThat(ids()).containsExactly("", "first", "first", "first");
  }

  @Test
  void a_node_that_does_not_serve_yet_may_say_so() {
    answering(Answer.problem(ProblemType.UNAVAILABLE, "joining"), Answer.events(DOCUMENT));

    assertThat(changes.hasNext()).isTrue();
    assertThat(node.received())
        .extracting(Received::service)
        .containsOnly("/collections/quiet/changes");
    assertThat(node.received().get(0).header("Accept"))
        .isEqualTo("text/event-stream, application/problem+json");
  }
}
