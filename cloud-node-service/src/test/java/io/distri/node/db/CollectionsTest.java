package io.distri.node.db;

import static io.distri.node.db.Nodes.CATALOG;
import static io.distri.node.db.Nodes.add;
import static io.distri.node.db.Nodes.document;
import static io.distri.node.db.Nodes.filter;
import static io.distri.node.db.Nodes.node;
import static io.distri.node.db.Nodes.pull;
import static io.distri.node.db.Nodes.push;
import static io.distri.node.db.Nodes.read;
import static io.distri.node.db.Nodes.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distri.node.db.json.InvalidInputException;
import io.distri.protocol.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionsTest {
  private final Replica a = node(1);
  private final Replica b = node(2);

  @Test
  void creating_twice_is_no_error() {
    assertThat(a.createCollection("users", null)).isInstanceOf(CreateOutcome.Created.class);
    assertThat(a.createCollection("users", null)).isInstanceOf(CreateOutcome.Exists.class);
    assertThat(a.collections())
        .extracting(CollectionSummary::name)
        .containsExactly(CATALOG, "users");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "é", "a\n"})
  void a_bad_name_is_refused(String name) {
    Coverage before = a.version();

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> a.createCollection(name, null))
        .returns(ProblemType.BAD_NAME, InvalidInputException::problem);
    assertThat(a.version()).isEqualTo(before);
  }

  @Test
  void a_name_has_at_most_128_characters() {
    assertThat(a.createCollection("n".repeat(128), null)).isInstanceOf(CreateOutcome.Created.class);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> a.createCollection("n".repeat(129), null));
  }

  @Test
  void there_are_so_many_collections_at_most_and_deleting_one_makes_room() {
    assertThat(a.createCollection("users", 2, null)).isInstanceOf(CreateOutcome.Created.class);
    assertThat(a.createCollection("more", 2, null)).isEqualTo(new Refusal.TooManyCollections(2));
    assertThat(a.createCollection("users", 2, null)).isInstanceOf(CreateOutcome.Exists.class);
    a.deleteCollection("users", null);
    assertThat(a.createCollection("more", 2, null)).isInstanceOf(CreateOutcome.Created.class);
  }

  @Test
  void names_of_deleted_collections_are_bounded_and_can_be_taken_again() {
    for (int name = 1; name < 2 * CollectionWrites.NAMES; name++) {
      assertThat(a.createCollection("n" + name, 2, null)).isInstanceOf(CreateOutcome.Created.class);
      a.deleteCollection("n" + name, null);
    }
    assertThat(a.createCollection("another", 2, null)).isEqualTo(new Refusal.TooManyNames(20));
    assertThat(a.createCollection("n7", 2, null)).isInstanceOf(CreateOutcome.Created.class);
  }

  @Test
  void nothing_can_be_done_in_a_collection_that_is_not_there() {
    Refusal unknown = new Refusal.UnknownCollection("users");

    assertThat(a.add("users", document("{}"), null)).isEqualTo(unknown);
    assertThat(a.update("users", document("{'UUID':'x'}"), null, null)).isEqualTo(unknown);
    assertThat(a.delete("users", filter("{}"), null)).isEqualTo(unknown);
    assertThat(a.read(Query.all("users", filter("{}")))).isEqualTo(unknown);
    assertThat(a.deleteCollection("users", null)).isEqualTo(unknown);
    assertThat(unknown.problem()).isEqualTo(ProblemType.UNKNOWN_COLLECTION);
  }

  @Test
  void a_dropped_collection_is_unknown_and_comes_back_empty() {
    add(a, "{'UUID':'x'}");

    assertThat(a.deleteCollection(CATALOG, null)).isInstanceOf(DropOutcome.Dropped.class);
    assertThat(a.read(Query.all(CATALOG, filter("{}"))))
        .isEqualTo(new Refusal.UnknownCollection(CATALOG));
    assertThat(a.collections()).isEmpty();

    a.createCollection(CATALOG, null);
    assertThat(read(a, "{}")).isEmpty();
    assertThat(a.snapshot().live()).isEmpty();
  }

  @Test
  void what_two_nodes_create_is_one_collection() {
    a.createCollection("users", null);
    b.createCollection("users", null);
    a.add("users", document("{'UUID':'x'}"), null);
    b.add("users", document("{'UUID':'y'}"), null);
    pull(a, b);
    pull(b, a);

    assertThat(a.collections()).isEqualTo(b.collections());
    assertThat(a.collections()).contains(new CollectionSummary("users", 1, 2, 0, 0));
    assertThat(a.snapshot()).isEqualTo(b.snapshot());
  }

  @Test
  void a_drop_wins_over_documents_that_another_node_adds_meanwhile_and_counts_them() {
    pull(b, a);
    pull(a, b);
    a.deleteCollection(CATALOG, null);
    add(b, "{'UUID':'late'}");

    Push late = push(b, b.version().seq(b.actor()) - 1);
    a.apply(late);
    pull(a, b);
    a.apply(late);
    pull(b, a);

    assertThat(a.discarded()).isEqualTo(1);
    assertThat(a.collections()).isEmpty();
    assertThat(b.collections()).isEmpty();
    assertThat(b.snapshot().live()).isEmpty();
  }

  @Test
  void a_drop_covers_what_it_discards_so_that_nobody_sends_it_again() {
    pull(b, a);
    a.deleteCollection(CATALOG, null);
    add(b, "{'UUID':'late'}");
    pull(a, b);

    assertThat(a.version().covers(b.version())).isTrue();
    assertThat(b.delta(a.version()).pages().hasNext()).isFalse();
  }

  @Test
  void a_document_of_a_later_epoch_brings_the_collection_with_it() {
    pull(b, a);
    add(b, "{'UUID':'old'}");
    a.deleteCollection(CATALOG, null);
    a.createCollection(CATALOG, null);
    update(a, "{'UUID':'new'}");
    List<Entry> documentsOnly =
        push(a, 0).entries().stream().filter(entry -> entry instanceof DocumentEntry).toList();

    b.apply(documentsOnly);

    assertThat(read(b, "{}")).containsExactly("{'UUID':'new'}");
    assertThat(b.collections()).containsExactly(new CollectionSummary(CATALOG, 3, 1, 0, 0));
    pull(b, a);
    pull(a, b);
    assertThat(b.snapshot().collections()).isEqualTo(a.snapshot().collections());
  }

  @Test
  void a_document_of_an_earlier_epoch_is_dropped() {
    add(a, "{'UUID':'old'}");
    List<Entry> old = push(a, 0).entries();
    pull(b, a);
    b.deleteCollection(CATALOG, null);
    b.createCollection(CATALOG, null);

    assertThat(b.apply(old)).isEqualTo(new ApplyOutcome.Applied(0, true));
    assertThat(read(b, "{}")).isEmpty();
  }

  @Test
  void a_node_that_starts_with_the_collection_does_not_revive_it() {
    a.deleteCollection(CATALOG, null);
    Replica newcomer = node(3);
    add(newcomer, "{'UUID':'x'}");

    pull(newcomer, a);
    pull(a, newcomer);

    assertThat(newcomer.collections()).isEmpty();
    assertThat(a.collections()).isEmpty();
  }

  @Test
  void a_repeated_drop_does_not_drop_what_was_created_since() {
    a.deleteCollection(CATALOG, "drop-1");
    a.createCollection(CATALOG, null);
    add(a, "{'UUID':'x'}");
    pull(b, a);

    assertThat(a.deleteCollection(CATALOG, "drop-1")).isInstanceOf(DropOutcome.Dropped.class);
    assertThat(b.deleteCollection(CATALOG, "drop-1")).isInstanceOf(DropOutcome.Dropped.class);
    assertThat(read(a, "{}")).hasSize(1);
    assertThat(read(b, "{}")).hasSize(1);
  }

  @Test
  void a_repeated_creation_does_not_revive_what_was_dropped_since() {
    CreateOutcome first = a.createCollection("users", "create-1");
    a.deleteCollection("users", null);
    pull(b, a);

    assertThat(b.createCollection("users", "create-1")).isEqualTo(first);
    assertThat(b.collections()).extracting(CollectionSummary::name).doesNotContain("users");
  }

  @Test
  void the_same_write_id_for_another_request_is_a_conflict() {
    a.createCollection("users", "w");

    assertThat(a.deleteCollection("users", "w")).isEqualTo(new Refusal.WriteIdConflict("w"));
    assertThat(a.delete("users", filter("{}"), "w")).isEqualTo(new Refusal.WriteIdConflict("w"));
    assertThat(a.collections()).extracting(CollectionSummary::name).contains("users");
  }

  @Test
  void a_drop_that_lost_against_a_later_epoch_is_still_remembered_everywhere() {
    pull(b, a);
    b.deleteCollection(CATALOG, "drop-b");
    a.deleteCollection(CATALOG, null);
    a.createCollection(CATALOG, null);
    add(a, "{'UUID':'x'}");
    pull(b, a);
    pull(a, b);

    assertThat(a.deleteCollection(CATALOG, "drop-b")).isInstanceOf(DropOutcome.Dropped.class);
    assertThat(read(a, "{}")).hasSize(1);
  }
}
