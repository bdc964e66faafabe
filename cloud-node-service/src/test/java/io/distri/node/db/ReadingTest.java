package io.distri.node.db;

import static io.distri.node.db.Nodes.CATALOG;
import static io.distri.node.db.Nodes.add;
import static io.distri.node.db.Nodes.delete;
import static io.distri.node.db.Nodes.filter;
import static io.distri.node.db.Nodes.json;
import static io.distri.node.db.Nodes.node;
import static io.distri.node.db.Nodes.pull;
import static io.distri.node.db.Nodes.push;
import static io.distri.node.db.Nodes.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distri.node.db.filter.Filter;
import io.distri.node.db.json.InvalidInputException;
import io.distri.protocol.ProblemType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
  private final Replica a = node(1);
  private final Replica b = node(2);

  @Test
  void documents_come_ordered_by_UUID_out_of_one_snapshot() {
    for (String uuid : List.of("c", "a", "d", "b")) {
      add(a, "{'UUID':'" + uuid + "'}");
    }
    delete(a, "{'UUID':'d'}");
    ReadOutcome.Found found = found(a, Query.all(CATALOG, Filter.EVERYTHING));
    Iterator<StoredDocument> documents = found.documents().iterator();
    String first = documents.next().uuid();
    delete(a, "{}");

    assertThat(first).isEqualTo("a");
    assertThat(documents).toIterable().extracting(StoredDocument::uuid).containsExactly("b", "c");
    assertThat(found.next()).isNull();
  }

  @Test
  void versions_and_conflicts_are_added_where_they_are_asked_for() {
    update(a, "{'UUID':'x','n':1}");
    update(b, "{'UUID':'x','n':2}");
    Replica c = node(3);
    update(c, "{'UUID':'x','n':3}");
    update(a, "{'UUID':'y'}");
    pull(a, b);
    pull(a, c);
    ReadOutcome.Found found = found(a, Query.all(CATALOG, Filter.EVERYTHING));
    List<String> versions = new ArrayList<>();
    found.documents().forEach(document -> versions.add(document.version()));

    assertThat(json(found, false, false)).containsExactly("{'UUID':'x','n':3}", "{'UUID':'y'}");
    assertThat(json(found, true, false))
        .containsExactly(
            "{'UUID':'x','n':3,'_version':'" + versions.get(0) + "'}",
            "{'UUID':'y','_version':'" + versions.get(1) + "'}");
    assertThat(json(found, true, true))
        .containsExactly(
            "{'UUID':'x','n':3,'_version':'"
                + versions.get(0)
                + "','_conflicts':[{'UUID':'x','n':2},{'UUID':'x','n':1}]}",
            "{'UUID':'y','_version':'" + versions.get(1) + "','_conflicts':[]}");
  }

  @Test
  void pages_end_with_a_cursor_while_there_is_more() {
    for (int i = 0; i < 5; i++) {
      add(a, "{'UUID':'" + i + "','even':" + (i % 2 == 0) + "}");
    }

    assertThat(pages(a, "{}", 2))
        .containsExactly(List.of("0", "1"), List.of("2", "3"), List.of("4"));
    assertThat(pages(a, "{}", 5)).containsExactly(List.of("0", "1", "2", "3", "4"));
    assertThat(pages(a, "{'even':true}", 1))
        .containsExactly(List.of("0"), List.of("2"), List.of("4"));
    assertThat(pages(a, "{'UUID':'3'}", 1)).containsExactly(List.of("3"));
    assertThat(pages(a, "{'UUID':'7'}", 1)).containsExactly(List.of());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_document_present_throughout_a_scan_appears_exactly_once(long seed) {
    Random random = new Random(seed);
    List<Replica> nodes = List.of(a, b);
    List<String> present = IntStream.range(0, 30).mapToObj(i -> "k" + i).sorted().toList();
    present.forEach(uuid -> add(a, "{'UUID':'" + uuid + "','keep':true}"));
    for (int i = 0; i < 30; i++) {
      add(a, "{'UUID':'m" + random.nextInt(60) + "','keep':false}");
    }
    pull(b, a);
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      Replica node = nodes.get(random.nextInt(2));
      ReadOutcome.Found page = page(node, "{}", random.nextInt(1, 6), cursor);
      page.documents().forEach(document -> seen.add(document.uuid()));
      cursor = page.next() == null ? null : page.next().toText();
      for (int i = 0; i < 5; i++) {
        Replica writer = nodes.get(random.nextInt(2));
        String other = "m" + random.nextInt(60);
        String kept = present.get(random.nextInt(present.size()));
        switch (random.nextInt(4)) {
          case 0 -> update(writer, "{'UUID':'" + other + "'}");
          case 1 -> delete(writer, "{'UUID':'" + other + "'}");
          case 2 -> update(writer, "{'UUID':'" + kept + "','keep':true,'n':" + i + "}");
          default -> pull(nodes.get(0), nodes.get(1));
        }
      }
    } while (cursor != null);

    assertThat(seen).doesNotHaveDuplicates().isSorted();
    assertThat(seen.stream().filter(uuid -> uuid.startsWith("k")))
        .containsExactlyElementsOf(present);
  }

  @Test
  void a_cursor_carries_what_the_first_page_has_seen() {
    add(a, "{'UUID':'1'}");
    add(a, "{'UUID':'2'}");
    add(a, "{'UUID':'3'}");
    VersionVector first = a.version().recent();
    ReadOutcome.Found page = page(a, "{}", 1, null);
    add(a, "{'UUID':'4'}");
    ReadOutcome.Found second = page(a, "{}", 1, Objects.requireNonNull(page.next()).toText());

    assertThat(Objects.requireNonNull(second.next()).session()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAA", "AQAAAAAAAAAA", "!", "\u00e4"})
  void what_is_no_cursor_is_refused(String cursor) {
    assertBadCursor(cursor, CATALOG, "{}");
  }

  @Test
  void a_cursor_of_another_filter_or_collection_is_refused() {
    add(a, "{'UUID':'1'}");
    add(a, "{'UUID':'2'}");
    String cursor = Objects.requireNonNull(page(a, "{}", 1, null).next()).toText();

    assertThat(Cursor.parse(cursor, CATALOG, filter(" { } ")).after()).isEqualTo("1");
    assertBadCursor(cursor, CATALOG, "{'a':1}");
    assertBadCursor(cursor, "users", "{}");
    assertBadCursor(cursor + "A".repeat(20_000), CATALOG, "{}");
  }

  @Test
  void a_cursor_holds_the_longest_UUID_and_a_large_session() {
    VersionVector session = VersionVector.EMPTY;
    for (int actor = 1; actor <= 768; actor++) {
      session = session.with(new Dot(actor, Long.MAX_VALUE));
    }
    Query query = Query.all(CATALOG, Filter.EVERYTHING);
    Cursor cursor = Cursor.after("\u20ac".repeat(256), query, 1, session);

    assertThat(Cursor.parse(cursor.toText(), CATALOG, Filter.EVERYTHING)).isEqualTo(cursor);
  }

  @Test
  void a_scan_ends_where_its_collection_was_dropped_even_if_it_was_created_again() {
    add(a, "{'UUID':'1'}");
    add(a, "{'UUID':'2'}");
    Cursor cursor = page(a, "{}", 1, null).next();
    a.deleteCollection(CATALOG, null);
    Query query = new Query(CATALOG, Filter.EVERYTHING, 1, cursor);
    Refusal deleted = new Refusal.CollectionDeleted(CATALOG);

    assertThat(a.read(query)).isEqualTo(deleted);
    a.createCollection(CATALOG, null);
    assertThat(a.read(query)).isEqualTo(deleted);
    assertThat(deleted.problem()).isEqualTo(ProblemType.COLLECTION_DELETED);
  }

  @Test
  void a_limit_below_1_is_refused() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new Query(CATALOG, Filter.EVERYTHING, 0, null))
        .returns(ProblemType.MALFORMED_REQUEST, InvalidInputException::problem);
  }

  @Test
  void a_read_of_one_document_binds_its_session_to_that_document() {
    Written x = update(a, "{'UUID':'x'}");
    update(a, "{'UUID':'y'}");
    pull(b, a);
    update(b, "{'UUID':'z'}");

    assertThat(session(b, "{'UUID':'x'}")).isEqualTo(x.session());
    assertThat(session(b, "{'UUID':'nothing'}")).isEqualTo(VersionVector.EMPTY);
    assertThat(session(b, "{}")).isEqualTo(b.version().recent());
  }

  @Test
  void a_read_of_a_collection_that_was_created_anew_binds_its_session_to_that() {
    update(a, "{'UUID':'x'}");
    a.deleteCollection(CATALOG, null);
    a.createCollection(CATALOG, null);

    assertThat(session(a, "{'UUID':'x'}").covers(new Dot(1, 4))).isTrue();
  }

  @Test
  void a_session_covers_documents_that_came_ahead_of_their_vector() {
    update(a, "{'UUID':'gap'}");
    update(a, "{'UUID':'x'}");
    b.apply(push(a, 2));

    assertThat(b.version().covers(a.version())).isFalse();
    assertThat(session(b, "{}").covers(new Dot(1, 3))).isTrue();
  }

  static Stream<Long> seeds() {
    return LongStream.range(0, 100).boxed();
  }

  private static VersionVector session(Replica node, String filter) {
    return found(node, Query.all(CATALOG, filter(filter))).session();
  }

  private static List<List<String>> pages(Replica node, String filter, int limit) {
    List<List<String>> pages = new ArrayList<>();
    String cursor = null;
    do {
      ReadOutcome.Found page = page(node, filter, limit, cursor);
      List<String> uuids = new ArrayList<>();
      page.documents().forEach(document -> uuids.add(document.uuid()));
      pages.add(uuids);
      cursor = page.next() == null ? null : page.next().toText();
    } while (cursor != null);
    return pages;
  }

  private static ReadOutcome.Found page(Replica node, String filter, int limit, String cursor) {
    Filter parsed = filter(filter);
    Cursor from = cursor == null ? null : Cursor.parse(cursor, CATALOG, parsed);
    return found(node, new Query(CATALOG, parsed, limit, from));
  }

  private static ReadOutcome.Found found(Replica node, Query query) {
    return (ReadOutcome.Found) node.read(query);
  }

  private static void assertBadCursor(String cursor, String collection, String filter) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Cursor.parse(cursor, collection, filter(filter)))
        .returns(ProblemType.BAD_CURSOR, InvalidInputException::problem);
  }
}
