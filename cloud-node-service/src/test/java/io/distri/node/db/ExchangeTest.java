package io.distri.node.db;

import static io.distri.node.db.Nodes.CATALOG;
import static io.distri.node.db.Nodes.NOON;
import static io.distri.node.db.Nodes.add;
import static io.distri.node.db.Nodes.converge;
import static io.distri.node.db.Nodes.delete;
import static io.distri.node.db.Nodes.document;
import static io.distri.node.db.Nodes.node;
import static io.distri.node.db.Nodes.pull;
import static io.distri.node.db.Nodes.push;
import static io.distri.node.db.Nodes.read;
import static io.distri.node.db.Nodes.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeTest {
  private final Replica a = node(1);
  private final Replica b = node(2);

  @Test
  void a_push_holds_what_the_writes_concerned_as_it_is_now_collections_first() {
    update(a, "{'UUID':'x','n':1}");
    update(a, "{'UUID':'y','n':1}");
    update(a, "{'UUID':'x','n':2}");
    a.createCollection("users", null);

    Push push = push(a, 1);

    assertThat(push).returns(1L, Push::from).returns(5L, Push::to);
    assertThat(push.entries()).hasSize(3);
    assertThat(push.entries().getFirst()).isInstanceOf(CollectionEntry.class);
    assertThat(b.apply(push)).isEqualTo(new ApplyOutcome.Applied(3, false));
    assertThat(read(b, "{}")).containsExactly("{'UUID':'x','n':2}", "{'UUID':'y','n':1}");
  }

  @Test
  void a_push_joins_where_the_receiver_has_all_before_it() {
    update(a, "{'UUID':'x','n':1}");
    Push first = push(a, 0);
    update(a, "{'UUID':'y','n':1}");
    Push second = push(a, first.to());

    assertThat(b.apply(second)).isEqualTo(new ApplyOutcome.Applied(1, false));
    assertThat(b.version().seq(1)).isZero();
    assertThat(b.apply(first)).isEqualTo(new ApplyOutcome.Applied(1, true));
    assertThat(b.version().seq(1)).isEqualTo(2);
    assertThat(b.apply(second)).isEqualTo(new ApplyOutcome.Applied(0, true));
    assertThat(b.version().seq(1)).isEqualTo(3);
    assertThat(b.apply(first)).isEqualTo(new ApplyOutcome.Applied(0, true));
    assertThat(b.version().seq(1)).isEqualTo(3);
  }

  @Test
  void a_push_leaves_no_hole_where_another_node_replaced_a_write() {
    update(a, "{'UUID':'x','n':1}");
    pull(b, a);
    update(b, "{'UUID':'x','n':2}");
    pull(a, b);
    Replica c = node(3);

    c.apply(push(a, 0));

    assertThat(c.version().covers(new Dot(1, 2))).isTrue();
    assertThat(read(c, "{}")).containsExactly("{'UUID':'x','n':2}");
  }

  @Test
  void a_push_sends_the_collection_where_a_document_went_with_it() {
    pull(b, a);
    update(b, "{'UUID':'mine'}");
    update(a, "{'UUID':'x'}");
    a.deleteCollection(CATALOG, null);

    b.apply(push(a, 1));

    assertThat(b.version().covers(a.version())).isTrue();
    assertThat(b.collections()).isEmpty();
  }

  @Test
  void a_push_ends_at_its_limits_but_has_at_least_one_entry() {
    for (int i = 0; i < 10; i++) {
      update(a, "{'UUID':'" + i + "','text':'" + "x".repeat(1000) + "'}");
    }

    assertThat((Push) a.recentWrites(1, 3, Long.MAX_VALUE)).returns(4L, Push::to);
    assertThat((Push) a.recentWrites(1, 100, 2500)).returns(3L, Push::to);
    assertThat((Push) a.recentWrites(1, 100, 10)).returns(2L, Push::to);
    assertThat((Push) a.recentWrites(1, 1, 10)).returns(2L, Push::to);
    for (long after = 0; after < 11; ) {
      Push push = (Push) a.recentWrites(after, 2, 10_000);
      b.apply(push);
      after = push.to();
    }
    assertThat(b.version().covers(a.version())).isTrue();
    assertThat(read(b, "{}")).isEqualTo(read(a, "{}"));
  }

  @Test
  void there_is_nothing_to_push_to_a_node_that_has_all() {
    assertThat(a.recentWrites(1, 100, 1000)).isEqualTo(new RecentWrites.None());
    assertThat(a.recentWrites(7, 100, 1000)).isEqualTo(new RecentWrites.None());
  }

  @Test
  void writes_of_long_ago_are_not_pushed_but_pulled() {
    for (int i = 0; i < OwnWrites.CAPACITY; i++) {
      update(a, "{'UUID':'x','n':" + i + "}");
    }

    assertThat(a.recentWrites(0, 100, 1000)).isEqualTo(new RecentWrites.TooOld());
    assertThat(a.recentWrites(1, 100, 1000)).isInstanceOf(Push.class);
    pull(b, a);
    assertThat(b.snapshot().collections().get(CATALOG).documents())
        .isEqualTo(a.snapshot().collections().get(CATALOG).documents());
  }

  @Test
  void a_delta_holds_only_what_the_other_lacks() {
    update(a, "{'UUID':'x'}");
    pull(b, a);
    update(a, "{'UUID':'y'}");
    delete(a, "{'UUID':'x'}");
    update(b, "{'UUID':'z'}");

    assertThat(entries(a.delta(b.version())))
        .extracting(entry -> ((DocumentEntry) entry).state().uuid())
        .containsExactly("y", "x");
    pull(a, b);
    pull(b, a);
    assertThat(entries(a.delta(b.version()))).isEmpty();
    assertThat(a.snapshot()).isEqualTo(b.snapshot());
  }

  @Test
  void a_document_with_several_new_versions_comes_once() {
    update(a, "{'UUID':'x','n':1}");
    update(b, "{'UUID':'x','n':2}");
    pull(a, b);

    assertThat(entries(a.delta(Coverage.NOTHING))).hasSize(2);
    assertThat(entries(a.delta(b.version()))).hasSize(1);
    assertThat(entries(a.delta(a.version()))).isEmpty();
  }

  @Test
  void a_delta_comes_in_bounded_pages_of_one_snapshot() {
    for (int i = 0; i < 1200; i++) {
      update(a, "{'UUID':'k" + i + "'}");
    }
    update(a, "{'UUID':'large','text':'" + "x".repeat(200_000) + "'}");
    for (int i = 0; i < 12; i++) {
      update(a, "{'UUID':'l" + i + "','text':'" + "x".repeat(200_000) + "'}");
    }
    Delta delta = a.delta(Coverage.NOTHING);
    Iterator<List<Entry>> pages = delta.pages();
    List<List<Entry>> all = new ArrayList<>();
    all.add(pages.next());
    update(a, "{'UUID':'afterwards'}");
    pages.forEachRemaining(all::add);

    assertThat(all).hasSizeGreaterThan(4);
    assertThat(all).allSatisfy(page -> assertThat(page).hasSizeBetween(1, Delta.PAGE_ENTRIES));
    assertThat(all)
        .allSatisfy(page ->
            assertThat(page.stream().mapToInt(Entry::sizeBytes).sum())
                .isLessThanOrEqualTo(Delta.PAGE_BYTES));
    for (int i = all.size() - 1; i >= 0; i--) {
      b.apply(all.get(i));
    }
    b.adopt(delta.version());
    pull(b, a);
    pull(a, b);
    assertThat(b.snapshot()).isEqualTo(a.snapshot());
  }

  @Test
  void entries_of_a_sender_over_500_ms_ahead_are_held_back_whole() {
    Replica fast = node(9, new HlcClock(() -> NOON + 600));
    add(fast, "{'UUID':'x'}");
    Snapshot before = a.snapshot();
    ApplyOutcome held = new ApplyOutcome.HeldBack(Duration.ofMillis(600));

    assertThat(a.apply(push(fast, 0))).isEqualTo(held);
    assertThat(a.apply(fast.delta(a.version()).pages().next())).isEqualTo(held);
    assertThat(a.snapshot()).isEqualTo(before);
    assertThat(add(a, "{'UUID':'y'}")).isInstanceOf(Written.class);
  }

  @Test
  void a_write_comes_after_all_that_its_node_has_heard_of() {
    Replica fast = node(9, new HlcClock(() -> NOON + 400));
    update(fast, "{'UUID':'x','n':1}");
    pull(a, fast);
    update(a, "{'UUID':'y','n':1}");
    long of = entries(fast.delta(Coverage.NOTHING)).getLast().newestHlc();

    assertThat(entries(a.delta(fast.version())).getLast().newestHlc()).isGreaterThan(of);
  }

  @Test
  void nobody_else_writes_under_a_nodes_actor() {
    Replica impostor = node(1);
    update(impostor, "{'UUID':'x'}");
    Snapshot before = a.snapshot();

    assertThatIllegalArgumentException().isThrownBy(() -> a.apply(push(impostor, 1)));
    assertThatIllegalArgumentException().isThrownBy(() -> a.apply(push(impostor, 1).entries()));
    assertThatIllegalArgumentException().isThrownBy(() -> a.adopt(impostor.version()));
    assertThat(a.snapshot()).isEqualTo(before);
  }

  @Test
  void a_node_that_starts_again_gets_its_writes_back_under_a_new_actor() {
    update(a, "{'UUID':'x','n':1}");
    pull(b, a);
    Replica restarted = node(3);
    update(restarted, "{'UUID':'y'}");

    converge(List.of(restarted, b));

    assertThat(read(restarted, "{}")).containsExactly("{'UUID':'x','n':1}", "{'UUID':'y'}");
    assertThat(restarted.snapshot()).isEqualTo(b.snapshot());
  }

  @Test
  void a_retry_that_waits_for_another_nodes_write_names_it() {
    Written first = (Written) a.add(CATALOG, document("{'UUID':'x'}"), "w");
    pull(b, a);

    assertThat(((Written) b.add(CATALOG, document("{'UUID':'x'}"), "w")).session())
        .isEqualTo(VersionVector.of(first.dot()));
  }

  private static List<Entry> entries(Delta delta) {
    List<Entry> entries = new ArrayList<>();
    delta.pages().forEachRemaining(entries::addAll);
    return entries;
  }
}
