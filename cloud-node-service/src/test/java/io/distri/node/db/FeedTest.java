package io.distri.node.db;

import static io.distri.node.db.Nodes.CATALOG;
import static io.distri.node.db.Nodes.add;
import static io.distri.node.db.Nodes.delete;
import static io.distri.node.db.Nodes.node;
import static io.distri.node.db.Nodes.pull;
import static io.distri.node.db.Nodes.push;
import static io.distri.node.db.Nodes.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distri.node.db.ChangesOutcome.Changes;
import io.distri.node.db.json.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedTest {
  private final Replica a = node(1);
  private final Replica b = node(2);

  @Test
  void a_feed_begins_with_all_documents_and_goes_on_with_what_changes() {
    add(a, "{'UUID':'x'}");
    add(a, "{'UUID':'gone'}");
    delete(a, "{'UUID':'gone'}");
    Changes first = changes(a, null);
    assertThat(told(first)).containsExactly("x");

    add(a, "{'UUID':'y'}");
    update(a, "{'UUID':'x','n':2}");
    delete(a, "{'UUID':'y'}");
    Changes second = changes(a, first.next());

    assertThat(told(second)).containsExactlyInAnyOrder("x", "-y");
    assertThat(told(changes(a, second.next()))).isEmpty();
  }

  @Test
  void a_token_is_good_on_another_node_that_holds_what_was_told() {
    add(a, "{'UUID':'x'}");
    FeedToken seen = FeedToken.parse(changes(a, null).next().toText());
    add(b, "{'UUID':'y'}");
    pull(b, a);

    Changes atB = changes(b, seen);
    assertThat(told(atB)).containsExactly("y");
    add(a, "{'UUID':'z'}");
    pull(b, a);
    assertThat(told(changes(b, atB.next()))).containsExactly("z");
  }

  @Test
  void what_came_ahead_of_the_rest_is_told_with_the_rest() {
    add(a, "{'UUID':'x'}");
    add(a, "{'UUID':'y'}");
    FeedToken before = changes(b, null).next();
    b.apply(push(a, 2));

    assertThat(told(changes(b, before))).isEmpty();
    pull(b, a);
    assertThat(told(changes(b, before))).containsExactlyInAnyOrder("x", "y");
  }

  @Test
  void what_is_deleted_after_some_documents_were_told_is_told_with_all_of_them() {
    add(a, "{'UUID':'before'}");
    delete(a, "{'UUID':'before'}");
    add(a, "{'UUID':'x'}");
    add(a, "{'UUID':'y'}");
    FeedToken some = FeedToken.parse(changes(a, null).next().onlyPartly().toText());
    delete(a, "{'UUID':'x'}");

    Changes all = changes(a, some);
    assertThat(told(all)).containsExactlyInAnyOrder("-x", "y");
    assertThat(told(changes(a, all.next()))).isEmpty();
  }

  @Test
  void a_deleted_collection_ends_the_feed_even_where_it_was_created_again() {
    FeedToken before = changes(a, null).next();
    a.deleteCollection(CATALOG, null);
    assertThat(a.changes(CATALOG, before)).isInstanceOf(Refusal.CollectionDeleted.class);
    assertThat(a.changes(CATALOG, null)).isInstanceOf(Refusal.UnknownCollection.class);
    a.createCollection(CATALOG, null);
    assertThat(a.changes(CATALOG, before)).isInstanceOf(Refusal.CollectionDeleted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "x.y", "1.!", ".", "1.AAAA"})
  void what_is_no_token_is_refused(String text) {
    assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> FeedToken.parse(text));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_listener_that_moves_between_nodes_ends_with_what_they_hold(long seed) {
    Random random = new Random(seed);
    List<Replica> nodes = List.of(a, b, node(3));
    Map<String, String> mirror = new HashMap<>();
    FeedToken token = null;
    for (int step = 0; step < 300; step++) {
      Replica some = nodes.get(random.nextInt(3));
      String uuid = "d" + random.nextInt(10);
      switch (random.nextInt(6)) {
        case 0 -> delete(some, "{'UUID':'" + uuid + "'}");
        case 1 -> pull(some, nodes.get(random.nextInt(3)));
        case 2 -> {
          if (random.nextInt(8) == 0) {
            token = null;
            mirror.clear();
          }
          if (token == null || some.version().covers(token.seen())) {
            // In every other case the connection is lost after some of them.
            long most = random.nextBoolean() ? random.nextInt(10) : Long.MAX_VALUE;
            token = mirror(changes(some, token), token, most, mirror);
          }
        }
        default -> update(some, "{'UUID':'" + uuid + "','n':" + step + "}");
      }
    }
    Nodes.converge(nodes);
    mirror(changes(b, token), token, Long.MAX_VALUE, mirror);

    assertThat(mirror.values()).containsExactlyInAnyOrderElementsOf(Nodes.read(b, "{}"));
  }

  private static FeedToken mirror(
      Changes changes, @Nullable FeedToken from, long most, Map<String, String> mirror) {
    long told = 0;
    for (ChangedDocument document : changes.documents()) {
      if (told++ == most) {
        return from == null ? changes.next().onlyPartly() : from;
      }
      DocumentBody body = document.body();
      if (body == null) {
        mirror.remove(document.uuid());
      } else {
        mirror.put(document.uuid(), body.tree().toString().replace('"', '\''));
      }
    }
    return changes.next();
  }

  private static Changes changes(Replica node, @Nullable FeedToken from) {
    return (Changes) node.changes(CATALOG, from);
  }

  private static List<String> told(Changes changes) {
    List<String> told = new ArrayList<>();
    changes
        .documents()
        .forEach(document -> told.add((document.body() == null ? "-" : "") + document.uuid()));
    return told;
  }
}
