package io.distri.node.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.dashboard.Picture.Event;
import io.distri.protocol.NodeRecord;
import io.distri.protocol.NodeState;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {

  private final EventLog log = new EventLog();
  private long now;

  @Test
  void who_is_there_from_the_beginning_is_no_event() {
    look(row("a", NodeState.UP), row("b", NodeState.UP));
    look(row("a", NodeState.UP), row("b", NodeState.UP));

    assertThat(log.events()).isEmpty();
  }

  @Test
  void a_node_that_joins_fails_and_comes_back_is_told_step_by_step() {
    look(row("a", NodeState.UP));
    look(row("a", NodeState.UP), row("b", NodeState.JOINING));
    for (NodeState state : List.of(NodeState.UP, NodeState.SUSPECT, NodeState.DEAD, NodeState.UP)) {
      look(row("a", NodeState.UP), row("b", state));
    }
    look(row("a", NodeState.UP));

    assertThat(log.events())
        .containsExactly(
            new Event(2, "b:1", "joins", true),
            new Event(3, "b:1", "joined", true),
            new Event(4, "b:1", "does not answer", false),
            new Event(5, "b:1", "is taken for dead", false),
            new Event(6, "b:1", "came back", true),
            new Event(7, "b:1", "is no member any more", false));
  }

  @Test
  void the_last_fifty_are_kept() {
    look(row("a", NodeState.UP));
    for (int time = 0; time < 60; time++) {
      look(row("a", time % 2 == 0 ? NodeState.SUSPECT : NodeState.UP));
    }

    assertThat(log.events()).hasSize(50);
    assertThat(log.events().get(49).at()).isEqualTo(now);
  }

  @Test
  void faults_that_were_played_are_told() {
    log.played(0, "a:1", 1);
    log.played(2, "a:1", 2);

    assertThat(log.events()).containsExactly(new Event(2, "a:1", "plays a fault", false));
  }

  private void look(NodeRecord... table) {
    log.look(Arrays.asList(table), ++now);
  }

  private static NodeRecord row(String id, NodeState state) {
    return new NodeRecord(id, id + ":1", state, "", List.of(), 0);
  }
}
