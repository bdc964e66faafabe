package io.distri.node.db;

import static io.distri.node.db.Nodes.converge;
import static io.distri.node.db.Nodes.delete;
import static io.distri.node.db.Nodes.node;
import static io.distri.node.db.Nodes.pull;
import static io.distri.node.db.Nodes.read;
import static io.distri.node.db.Nodes.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can happen, so that the page that says so is true. */
class AnomaliesTest {
  private final Replica a = node(1);
  private final Replica b = node(2);
  private final Replica c = node(3);

  @Test
  void a_read_can_see_a_write_that_is_lost_before_others_hold_it() {
    update(a, "{'UUID':'x'}");
    assertThat(read(a, "{}")).hasSize(1);

    converge(List.of(b, c));

    assertThat(read(b, "{}")).isEmpty();
  }

  @Test
  void a_read_at_a_node_that_is_cut_off_is_stale_and_one_with_a_session_is_not_answered()
      throws Exception {
    Written written = update(a, "{'UUID':'x'}");

    assertThat(read(b, "{}")).isEmpty();
    assertThat(b.await(written.session(), Duration.ZERO)).isFalse();
  }

  @Test
  void a_deletion_of_several_documents_can_be_seen_in_part_on_another_node() {
    update(a, "{'UUID':'x','n':1}");
    update(a, "{'UUID':'y','n':1}");
    pull(b, a);
    long before = a.version().seq(1);
    delete(a, "{'n':1}");

    b.apply((Push) a.recentWrites(before, 1, Long.MAX_VALUE));

    assertThat(read(a, "{}")).isEmpty();
    assertThat(read(b, "{}")).hasSize(1);
  }

  @Test
  void two_clients_that_read_and_write_at_two_nodes_both_succeed_and_one_is_kept_as_a_sibling() {
    update(a, "{'UUID':'x','n':1}");
    pull(b, a);
    String version = Nodes.only(a, "x").version();
    Document two = Nodes.document("{'UUID':'x','n':2}");
    Document three = Nodes.document("{'UUID':'x','n':3}");

    assertThat(a.update(Nodes.CATALOG, two, version, null)).isInstanceOf(Written.class);
    assertThat(a.update(Nodes.CATALOG, three, version, null))
        .isInstanceOf(Refusal.VersionConflict.class);
    assertThat(b.update(Nodes.CATALOG, three, version, null)).isInstanceOf(Written.class);
    converge(List.of(a, b));

    assertThat(Nodes.only(a, "x").conflicts()).hasSize(1);
  }
}
