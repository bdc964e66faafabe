package io.distri.node.db;

import static io.distri.node.db.Nodes.CATALOG;
import static io.distri.node.db.Nodes.add;
import static io.distri.node.db.Nodes.delete;
import static io.distri.node.db.Nodes.document;
import static io.distri.node.db.Nodes.filter;
import static io.distri.node.db.Nodes.node;
import static io.distri.node.db.Nodes.only;
import static io.distri.node.db.Nodes.pull;
import static io.distri.node.db.Nodes.read;
import static io.distri.node.db.Nodes.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distri.node.db.json.InvalidInputException;
import io.distri.protocol.ProblemType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentWritesTest {
  private final Replica a = node(1);
  private final Replica b = node(2);

  @Test
  void adding_answers_with_the_UUID_and_stores_it_in_the_document() {
    Written written = (Written) add(a, "{'name':'cat'}");

    assertThat(written.uuid()).hasSize(36);
    assertThat(written.dot()).isEqualTo(new Dot(1, 2));
    assertThat(read(a, "{}")).containsExactly("{'UUID':'" + written.uuid() + "','name':'cat'}");
  }

  @Test
  void adding_the_same_content_again_writes_nothing() {
    Written written = (Written) add(a, "{'UUID':'x','n':1}");
    Coverage before = a.version();

    assertThat(add(a, "{'n':1.0,'UUID':'x'}"))
        .isEqualTo(
            new WriteOutcome.Existing("x", VersionVector.of(written.dot()), written.version()));
    assertThat(a.version()).isEqualTo(before);
  }

  @Test
  void adding_other_content_under_a_UUID_that_is_taken_is_a_conflict() {
    add(a, "{'UUID':'x','n':1}");

    assertThat(add(a, "{'UUID':'x','n':2}")).isEqualTo(new Refusal.UuidConflict("x"));
    assertThat(read(a, "{}")).containsExactly("{'UUID':'x','n':1}");
  }

  @Test
  void a_deleted_UUID_can_be_added_again() {
    add(a, "{'UUID':'x','n':1}");
    delete(a, "{'UUID':'x'}");

    assertThat(add(a, "{'UUID':'x','n':2}")).isInstanceOf(Written.class);
    pull(b, a);
    assertThat(read(b, "{}")).containsExactly("{'UUID':'x','n':2}");
  }

  @Test
  void updating_replaces_the_whole_document_or_adds_it() {
    update(a, "{'UUID':'x','n':1,'m':1}");
    update(a, "{'UUID':'x','n':2}");

    assertThat(read(a, "{}")).containsExactly("{'UUID':'x','n':2}");
  }

  @Test
  void updating_needs_a_UUID() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> a.update(CATALOG, document("{'n':1}"), null, null))
        .returns(ProblemType.MALFORMED_REQUEST, InvalidInputException::problem)
        .withMessageContaining("UUID");
  }

  @Test
  void a_conditional_update_needs_the_version_that_is_there() {
    String first = update(a, "{'UUID':'x','n':1}").version();
    Document second = document("{'UUID':'x','n':2}");

    String current = ((Written) a.update(CATALOG, second, first, null)).version();

    assertThat(current)
        .isNotEqualTo(first)
        .matches("[0-9a-f]{16}")
        .isEqualTo(only(a, "x").version());
    assertThat(a.update(CATALOG, document("{'UUID':'x','n':3}"), first, null))
        .isEqualTo(new Refusal.VersionConflict("x", current));
    assertThat(a.update(CATALOG, document("{'UUID':'y'}"), first, null))
        .isEqualTo(new Refusal.VersionConflict("y", null));
    assertThat(read(a, "{}")).containsExactly("{'UUID':'x','n':2}");
  }

  @Test
  void a_version_changes_with_a_sibling_that_arrives() {
    String version = update(a, "{'UUID':'x','n':1}").version();
    update(b, "{'UUID':'x','n':2}");
    pull(a, b);

    assertThat(a.update(CATALOG, document("{'UUID':'x','n':3}"), version, null))
        .isInstanceOf(Refusal.VersionConflict.class);
  }

  @Test
  void deleting_removes_what_satisfies_the_filter() {
    add(a, "{'UUID':'x','n':1}");
    add(a, "{'UUID':'y','n':2}");
    add(a, "{'UUID':'z','n':3}");

    assertThat(delete(a, "{'n':{'$gte':2}}"))
        .isEqualTo(new DeleteOutcome.Deleted(2, VersionVector.of(new Dot(1, 6))));
    assertThat(delete(a, "{'n':{'$gte':2}}"))
        .isEqualTo(new DeleteOutcome.Deleted(0, VersionVector.EMPTY));
    assertThat(read(a, "{}")).containsExactly("{'UUID':'x','n':1}");
    pull(b, a);
    assertThat(read(b, "{}")).containsExactly("{'UUID':'x','n':1}");
    assertThat(b.collections()).containsExactly(new CollectionSummary(CATALOG, 1, 1, 2, 0));
  }

  @Test
  void concurrent_updates_leave_a_winner_and_a_sibling_on_every_node() {
    update(a, "{'UUID':'x','n':1}");
    update(b, "{'UUID':'x','n':2}");
    pull(a, b);
    pull(b, a);

    assertThat(a.snapshot()).isEqualTo(b.snapshot());
    assertThat(read(a, "{}")).containsExactly("{'UUID':'x','n':2}");
    assertThat(read(a, "{'n':1}")).isEmpty();
    assertThat(only(a, "x").conflicts()).containsExactly(document("{'UUID':'x','n':1}").body());
    assertThat(a.collections()).containsExactly(new CollectionSummary(CATALOG, 1, 1, 0, 1));
  }

  @Test
  void an_update_resolves_what_its_node_holds() {
    update(a, "{'UUID':'x','n':1}");
    update(b, "{'UUID':'x','n':2}");
    pull(a, b);
    update(a, "{'UUID':'x','n':3}");
    pull(b, a);

    assertThat(read(b, "{}")).containsExactly("{'UUID':'x','n':3}");
    assertThat(only(b, "x").conflicts()).isEmpty();
    assertThat(b.collections()).containsExactly(new CollectionSummary(CATALOG, 1, 1, 0, 0));
  }

  @Test
  void an_update_beats_a_delete_that_did_not_know_of_it() {
    update(a, "{'UUID':'x','n':1}");
    pull(b, a);
    update(a, "{'UUID':'x','n':2}");
    delete(b, "{'UUID':'x'}");
    pull(a, b);
    pull(b, a);

    assertThat(read(a, "{}")).containsExactly("{'UUID':'x','n':2}");
    assertThat(a.snapshot()).isEqualTo(b.snapshot());
    assertThat(only(a, "x").conflicts()).isEmpty();
  }

  @Test
  void a_node_whose_timestamps_run_ahead_of_its_clock_takes_no_writes() {
    long[] now = {Nodes.NOON};
    Replica node = node(1, new HlcClock(() -> now[0]));
    add(node, "{'UUID':'x','n':1}");
    Coverage before = node.version();
    now[0] -= 600;
    Refusal ahead = new Refusal.ClockAhead(Duration.ofMillis(600));

    assertThat(add(node, "{'UUID':'y'}")).isEqualTo(ahead);
    assertThat(node.update(CATALOG, document("{'UUID':'x'}"), null, null)).isEqualTo(ahead);
    assertThat(node.delete(CATALOG, filter("{'UUID':'x'}"), null)).isEqualTo(ahead);
    assertThat(node.createCollection("users", null)).isEqualTo(ahead);
    assertThat(node.deleteCollection(CATALOG, null)).isEqualTo(ahead);
    assertThat(node.version()).isEqualTo(before);
    assertThat(read(node, "{}")).isEqualTo(List.of("{'UUID':'x','n':1}"));
    assertThat(ahead.problem().executed()).isEqualTo("no");
  }
}
