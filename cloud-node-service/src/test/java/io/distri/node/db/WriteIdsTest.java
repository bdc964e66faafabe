package io.distri.node.db;

import static io.distri.node.db.Nodes.CATALOG;
import static io.distri.node.db.Nodes.add;
import static io.distri.node.db.Nodes.converge;
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
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A retried write is the same write, whichever node it reaches. */
class WriteIdsTest {
  private final Replica a = node(1);
  private final Replica b = node(2);

  @Test
  void a_repeated_write_answers_with_its_first_result_and_writes_nothing() {
    WriteOutcome first = a.update(CATALOG, document("{'UUID':'x','n':1}"), null, "w");
    update(a, "{'UUID':'x','n':2}");
    Coverage before = a.version();

    assertThat(a.update(CATALOG, document("{'UUID':'x','n':1.0}"), null, "w")).isEqualTo(first);
    assertThat(a.version()).isEqualTo(before);
    assertThat(read(a, "{}")).containsExactly("{'UUID':'x','n':2}");
  }

  @Test
  void so_it_does_at_another_node_that_has_heard_of_it() {
    WriteOutcome first = a.add(CATALOG, document("{'UUID':'x','n':1}"), "w");
    delete(a, "{'UUID':'x'}");
    pull(b, a);

    assertThat(b.add(CATALOG, document("{'UUID':'x','n':1}"), "w")).isEqualTo(first);
    assertThat(read(b, "{}")).isEmpty();
  }

  @Test
  void the_same_id_for_other_content_is_a_conflict() {
    a.update(CATALOG, document("{'UUID':'x','n':1}"), null, "w");
    Refusal conflict = new Refusal.WriteIdConflict("w");

    assertThat(a.update(CATALOG, document("{'UUID':'x','n':2}"), null, "w")).isEqualTo(conflict);
    assertThat(a.add(CATALOG, document("{'UUID':'x','n':1}"), "w")).isEqualTo(conflict);
    assertThat(a.delete(CATALOG, filter("{'UUID':'x'}"), "w")).isEqualTo(conflict);
    assertThat(read(a, "{}")).containsExactly("{'UUID':'x','n':1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "é", "a\n"})
  void a_bad_id_is_refused(String id) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> a.add(CATALOG, document("{}"), id))
        .returns(ProblemType.MALFORMED_REQUEST, InvalidInputException::problem);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> a.delete(CATALOG, filter("{}"), id));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> a.createCollection("users", id));
  }

  @Test
  void an_addition_without_a_UUID_gets_the_same_one_at_every_node() {
    Written first = (Written) a.add(CATALOG, document("{'n':1}"), "w");
    Written retry = (Written) b.add(CATALOG, document("{'n':1}"), "w");
    pull(a, b);

    assertThat(retry.uuid()).isEqualTo(first.uuid()).hasSize(36);
    assertThat(retry.version()).isEqualTo(first.version());
    assertThat(read(a, "{}")).hasSize(1);
  }

  @Test
  void a_retry_at_a_node_that_has_not_heard_of_the_first_try_leaves_no_sibling() {
    Written first = (Written) a.update(CATALOG, document("{'UUID':'x','n':1}"), null, "w");
    b.update(CATALOG, document("{'UUID':'x','n':1}"), null, "w");
    pull(a, b);
    pull(b, a);

    for (Replica node : List.of(a, b)) {
      assertThat(read(node, "{}")).containsExactly("{'UUID':'x','n':1}");
      assertThat(only(node, "x").conflicts()).isEmpty();
      assertThat(only(node, "x").version()).isEqualTo(first.version());
      assertThat(stateOf(node, "x").winner().dot()).isEqualTo(new Dot(2, 2));
      assertThat(node.collections()).extracting(CollectionSummary::conflicted).containsExactly(0);
    }
    assertThat(a.snapshot()).isEqualTo(b.snapshot());
    assertThat(b.update(CATALOG, document("{'UUID':'x','n':2}"), first.version(), null))
        .isInstanceOf(Written.class);
  }

  @Test
  void a_late_retry_elsewhere_does_not_overwrite_what_was_written_since() {
    a.update(CATALOG, document("{'UUID':'x','n':1}"), null, "w");
    update(a, "{'UUID':'x','n':2}");
    update(b, "{'UUID':'later','n':0}");
    b.update(CATALOG, document("{'UUID':'x','n':1}"), null, "w");
    pull(a, b);
    pull(b, a);

    assertThat(read(a, "{'UUID':'x'}")).containsExactly("{'UUID':'x','n':2}");
    assertThat(only(a, "x").conflicts()).isEmpty();
    assertThat(a.snapshot()).isEqualTo(b.snapshot());
  }

  @Test
  void a_late_retry_elsewhere_does_not_bring_back_a_deleted_document() {
    a.add(CATALOG, document("{'UUID':'x','n':1}"), "w");
    delete(a, "{'UUID':'x'}");
    b.add(CATALOG, document("{'UUID':'x','n':1}"), "w");
    pull(a, b);
    pull(b, a);

    assertThat(read(a, "{}")).isEmpty();
    assertThat(read(b, "{}")).isEmpty();
    assertThat(a.snapshot()).isEqualTo(b.snapshot());
  }

  @Test
  void other_content_under_the_same_id_elsewhere_is_kept_as_a_sibling() {
    a.update(CATALOG, document("{'UUID':'x','n':1}"), null, "w");
    b.update(CATALOG, document("{'UUID':'x','n':2}"), null, "w");
    pull(a, b);

    assertThat(only(a, "x").conflicts()).hasSize(1);
  }

  @Test
  void a_repeated_delete_of_a_document_does_not_delete_what_was_added_since() {
    add(a, "{'UUID':'x','n':1}");
    DeleteOutcome first = a.delete(CATALOG, filter("{'UUID':'x'}"), "d");
    add(a, "{'UUID':'x','n':2}");
    pull(b, a);

    assertThat(a.delete(CATALOG, filter("{'UUID':'x'}"), "d")).isEqualTo(first);
    assertThat(b.delete(CATALOG, filter("{'UUID':'x'}"), "d")).isEqualTo(first);
    assertThat(read(b, "{}")).containsExactly("{'UUID':'x','n':2}");
  }

  @Test
  void a_repeated_delete_by_filter_does_not_delete_what_was_added_since() {
    add(a, "{'UUID':'x','n':1}");
    add(a, "{'UUID':'y','n':1}");
    DeleteOutcome first = a.delete(CATALOG, filter("{'n':1}"), "d");
    add(a, "{'UUID':'z','n':1}");
    pull(b, a);

    assertThat(first).isEqualTo(new DeleteOutcome.Deleted(2, VersionVector.of(new Dot(1, 6))));
    assertThat(a.delete(CATALOG, filter("{'n':1}"), "d")).isEqualTo(first);
    assertThat(b.delete(CATALOG, filter("{'n':1}"), "d")).isEqualTo(first);
    assertThat(b.delete(CATALOG, filter("{'n':2}"), "d"))
        .isEqualTo(new Refusal.WriteIdConflict("d"));
    assertThat(read(b, "{}")).containsExactly("{'UUID':'z','n':1}");
  }

  @Test
  void a_repeated_delete_of_nothing_does_not_delete_what_was_added_since() {
    a.delete(CATALOG, filter("{'UUID':'x'}"), "d");
    add(a, "{'UUID':'x'}");

    assertThat(a.delete(CATALOG, filter("{'UUID':'x'}"), "d"))
        .isEqualTo(new DeleteOutcome.Deleted(0, VersionVector.of(new Dot(1, 2))));
    assertThat(read(a, "{}")).hasSize(1);
  }

  @Test
  void a_document_remembers_its_last_16_named_writes() {
    for (int i = 0; i <= 16; i++) {
      a.update(CATALOG, document("{'UUID':'x','n':" + i + "}"), null, "w" + i);
    }

    a.update(CATALOG, document("{'UUID':'x','n':1}"), null, "w1");
    assertThat(read(a, "{}")).containsExactly("{'UUID':'x','n':16}");
    a.update(CATALOG, document("{'UUID':'x','n':0}"), null, "w0");
    assertThat(read(a, "{}")).containsExactly("{'UUID':'x','n':0}");
  }

  @Test
  void of_two_requests_that_replaced_each_other_the_one_that_began_later_counts() {
    Document one = document("{'UUID':'x','n':1}");
    Document two = document("{'UUID':'x','n':2}");
    a.update(CATALOG, one, null, "w1");
    update(b, "{'UUID':'later','n':0}");
    b.update(CATALOG, two, null, "w2");
    a.update(CATALOG, two, null, "w2");
    b.update(CATALOG, one, null, "w1");
    pull(a, b);
    pull(b, a);

    assertThat(read(a, "{'UUID':'x'}")).containsExactly("{'UUID':'x','n':2}");
    assertThat(only(a, "x").conflicts()).isEmpty();
    assertThat(a.snapshot()).isEqualTo(b.snapshot());
  }

  @Test
  void of_three_requests_that_replaced_each_other_in_a_ring_one_counts() {
    Replica c = node(3);
    Document[] versions = new Document[3];
    for (int i = 0; i < 3; i++) {
      versions[i] = document("{'UUID':'x','n':" + i + "}");
    }
    List<Replica> nodes = List.of(a, b, c);
    for (int i = 0; i < 3; i++) {
      nodes.get(i).update(CATALOG, versions[i], null, "w" + i);
    }
    for (int i = 0; i < 3; i++) {
      int next = (i + 1) % 3;
      nodes.get(i).update(CATALOG, versions[next], null, "w" + next);
    }
    converge(nodes);

    assertThat(read(a, "{}")).containsExactly("{'UUID':'x','n':2}");
    assertThat(only(a, "x").conflicts()).isEmpty();
    assertThat(a.snapshot()).isEqualTo(c.snapshot());
  }

  @Test
  void a_write_that_replaced_neither_of_them_stays_beside_it() {
    Replica c = node(3);
    Document one = document("{'UUID':'x','n':1}");
    Document two = document("{'UUID':'x','n':2}");
    a.update(CATALOG, one, null, "w1");
    b.update(CATALOG, two, null, "w2");
    a.update(CATALOG, two, null, "w2");
    b.update(CATALOG, one, null, "w1");
    update(c, "{'UUID':'x','n':3}");
    converge(List.of(a, b, c));

    assertThat(only(a, "x").conflicts()).hasSize(1);
    assertThat(a.snapshot()).isEqualTo(c.snapshot());
  }

  private static DocumentState stateOf(Replica node, String uuid) {
    return Objects.requireNonNull(node.snapshot().document(new EntryKey(CATALOG, 1, uuid)));
  }
}
