package io.distri.node;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.EventSource.Message;
import io.distri.node.local.LocalNode;
import io.distri.protocol.NodeState;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that listens by {@code EventSource} while its node restarts. */
class EventSourceTest {
  private static final String CHANGES = "/collections/catalog/changes";
  private static final Message MEANWHILE = new Message("document", "{\"UUID\":\"meanwhile\"}");

  @Test
  void survives_the_restart_of_its_node(@TempDir Path directory) throws Exception {
    try (TestNode node = TestNode.alone("distri.node.db.data-dir=" + directory);
        EventSource source = new EventSource(node.address(), CHANGES + "?since=now")) {
      await().until(() -> source.opened() == 1);
      node.context().close();
      node.start();
      node.call("AddDocument?param=catalog", MEANWHILE.data());

      await().until(() -> source.isClosed() || !source.messages().isEmpty());
      assertThat(source.messages()).containsExactly(MEANWHILE);
    }
  }

  @Test
  void that_begins_with_now_misses_nothing_while_its_node_drains() throws Exception {
    try (TestNode node = TestNode.alone();
        EventSource source = new EventSource(node.address(), CHANGES + "?since=now")) {
      LocalNode self = node.context().getBean(LocalNode.class);
      await().until(() -> source.opened() == 1 && !source.lastEventId().isEmpty());
      self.move(NodeState.UP, NodeState.RESTARTING);
      await().until(() -> source.isClosed() || source.opened() > 1);
      self.move(NodeState.RESTARTING, NodeState.UP);
      assertThat(source.isClosed()).isFalse();
      node.call("AddDocument?param=catalog", MEANWHILE.data());

      await().until(() -> source.isClosed() || !source.messages().isEmpty());
      assertThat(source.messages()).containsExactly(MEANWHILE);
    }
  }

  @Test
  void waits_at_a_node_that_joins_while_others_are_told_to_go_elsewhere() throws Exception {
    try (TestNode node = TestNode.alone()) {
      node.call("AddDocument?param=catalog", MEANWHILE.data());
      LocalNode self = node.context().getBean(LocalNode.class);
      self.move(NodeState.UP, NodeState.JOINING);
      try (EventSource source = new EventSource(node.address(), CHANGES);
          EventSource lost = new EventSource(node.address(), "/collections/nowhere/changes")) {
        await().until(() -> source.isClosed() || source.comments() > 1);
        assertThat(source.isClosed()).isFalse();
        assertThat(node.get(CHANGES).statusCode()).isEqualTo(503);
        self.move(NodeState.JOINING, NodeState.UP);

        await().until(() -> !source.messages().isEmpty());
        assertThat(source.messages()).containsExactly(MEANWHILE);
        await().until(lost::isClosed);
        assertThat(lost.messages())
            .singleElement()
            .extracting(Message::type)
            .isEqualTo("unknown-collection");
      }
    }
  }
}
