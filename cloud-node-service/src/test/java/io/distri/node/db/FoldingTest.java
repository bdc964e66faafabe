package io.distri.node.db;

import static io.distri.node.db.Nodes.CATALOG;
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

import io.distri.node.db.storage.SimulatedDisk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all members hold goes into the base: out of sessions, and deletions out of memory. */
class FoldingTest {
  private static final int STARTS = 2000;

  private final Replica a = node(1);
  private final Replica b = node(2);

  @Test
  void after_2000_starts_that_write_a_session_has_less_than_4_KB_and_is_good_on_every_node()
      throws InterruptedException {
    List<Replica> nodes = new ArrayList<>(List.of(a, b, node(3)));
    Cuts cuts = new Cuts(Duration.ZERO);
    VersionVector first = update(a, "{'UUID':'first'}").session();
    VersionVector session = first;
    for (int start = 0; start < STARTS; start++) {
      Replica restarted = node(100 + start);
      int index = 1 + start % 2;
      takeOver(restarted, 10_000 + start, nodes.get(0));
      nodes.set(index, restarted);
      session =
          session.merge(
              update(restarted, "{'UUID':'" + start % 100 + "','n':" + start + "}").session());
      session = restarted.version().session(session);
      pull(nodes.get(0), restarted);
      if (start % 25 == 24) {
        converge(nodes);
        grow(cuts, nodes, start);
      }
      assertThat(session.toToken().length()).isLessThanOrEqualTo(4096);
    }
    converge(nodes);

    for (Replica node : nodes) {
      assertThat(node.await(session, Duration.ZERO)).isTrue();
      assertThat(node.await(first, Duration.ZERO)).as("a token from the beginning").isTrue();
      assertThat(node.version().all().size()).isGreaterThan(STARTS);
    }
  }

  @Test
  void a_node_that_lost_its_memory_does_not_take_a_session_for_a_small_one() throws Exception {
    VersionVector written = update(a, "{'UUID':'x'}").session();
    a.settle(a.version().all());
    VersionVector session = a.version().session(written);

    assertThat(session.seq(1)).as("folded").isZero();
    assertThat(b.await(session, Duration.ZERO)).isFalse();
    pull(b, a);
    assertThat(b.await(session, Duration.ZERO)).isTrue();
  }

  @Test
  void a_base_is_taken_over_by_who_holds_all_of_it() {
    update(a, "{'UUID':'x'}");
    VersionVector base = a.version().all();

    assertThat(b.settle(base)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> b.version().onBase(base));
    pull(b, a);
    assertThat(b.settle(base)).isTrue();
    assertThat(b.version().base()).isEqualTo(base);
  }

  @Test
  void a_write_of_a_folded_actor_goes_on_counting() {
    update(a, "{'UUID':'x'}");
    a.settle(a.version().all());
    Written more = update(a, "{'UUID':'y'}");
    pull(b, a);

    assertThat(a.version().recent()).isEqualTo(more.session());
    assertThat(b.version().covers(more.dot())).isTrue();
    assertThat(a.version().sum()).isEqualTo(3);
  }

  @Test
  void a_deletion_in_the_base_is_forgotten_and_what_it_deleted_does_not_come_back() {
    add(a, "{'UUID':'x'}");
    List<Entry> late = a.delta(Coverage.NOTHING).pages().next();
    delete(a, "{'UUID':'x'}");
    pull(b, a);
    assertThat(a.collections().getFirst().tombstones()).isEqualTo(1);
    a.settle(a.version().all());
    b.settle(a.version().base());

    a.apply(late);
    b.apply(late);

    assertThat(a.collections().getFirst().tombstones()).isZero();
    assertThat(read(a, "{}")).isEmpty();
    assertThat(b.holding().digest()).isEqualTo(a.holding().digest());
  }

  @Test
  void a_push_that_left_out_what_its_receiver_has_forgotten_does_not_join_on() {
    a.update(CATALOG, document("{'UUID':'x','n':1}"), null, "w1");
    delete(a, "{'UUID':'x'}");
    converge(List.of(a, b));
    b.settle(b.version().all());
    a.update(CATALOG, document("{'UUID':'x','n':2}"), null, "w2");

    Push push = push(a, b.version().seq(1));
    assertThat(b.apply(push)).isEqualTo(new ApplyOutcome.Applied(1, false));
    pull(b, a);

    EntryKey x = new EntryKey(CATALOG, 1, "x");
    assertThat(b.snapshot().document(x)).isEqualTo(a.snapshot().document(x));
  }

  @Test
  void what_is_not_in_the_base_is_not_forgotten() {
    add(a, "{'UUID':'x'}");
    VersionVector before = a.version().all();
    delete(a, "{'UUID':'x'}");
    a.settle(before);

    assertThat(a.collections().getFirst().tombstones()).isEqualTo(1);
  }

  @Test
  void a_node_from_before_the_base_starts_anew_and_puts_aside_what_nobody_else_has() {
    SimulatedDisk disk = new SimulatedDisk(1);
    Replica away = restart(2, disk);
    add(a, "{'UUID':'deleted'}");
    pull(away, a);
    add(away, "{'UUID':'its own'}");
    delete(a, "{'UUID':'deleted'}");
    a.settle(a.version().all());

    away.startAnew(3, a.delta(Coverage.NOTHING).pages().next(), a.version());

    assertThat(read(away, "{}")).isEmpty();
    assertThat(away.quarantined()).isEqualTo(1);
    assertThat(disk.names())
        .filteredOn(name -> name.startsWith("quarantine-"))
        .singleElement()
        .satisfies(name ->
            assertThat(new String(disk.bytes(name)))
                .contains("\"UUID\":\"its own\"")
                .contains("\"document\":{\"UUID\":\"its own\"}")
                .endsWith("}\n"));
    Written next = update(away, "{'UUID':'z'}");
    assertThat(next.dot()).isEqualTo(new Dot(3, 1));
    Replica again = restart(4, disk);
    assertThat(again.version()).isEqualTo(away.version());
    assertThat(read(again, "{}")).isEqualTo(read(away, "{}"));
  }

  @Test
  void a_base_and_what_was_forgotten_with_it_outlive_a_restart() {
    SimulatedDisk disk = new SimulatedDisk(1);
    Replica node = restart(1, disk);
    add(node, "{'UUID':'x'}");
    delete(node, "{'UUID':'x'}");
    node.settle(node.version().all());
    add(node, "{'UUID':'x','n':2}");

    Replica again = restart(2, disk);

    assertThat(again.version()).isEqualTo(node.version());
    assertThat(again.snapshot().collections()).isEqualTo(node.snapshot().collections());
  }

  @Test
  void a_listener_that_was_away_while_deletions_were_forgotten_is_told_so() {
    add(a, "{'UUID':'x'}");
    FeedToken before = ((ChangesOutcome.Changes) a.changes(CATALOG, null)).next();
    FeedToken later = ((ChangesOutcome.Changes) a.changes(CATALOG, before)).next();
    delete(a, "{'UUID':'x'}");
    FeedToken told = ((ChangesOutcome.Changes) a.changes(CATALOG, later)).next();
    a.settle(a.version().all());

    assertThat(a.changes(CATALOG, before)).isInstanceOf(Refusal.ChangesForgotten.class);
    assertThat(a.changes(CATALOG, told)).isInstanceOf(ChangesOutcome.Changes.class);
  }

  private static Replica restart(long actor, SimulatedDisk disk) {
    return new Replica(
        actor,
        new HlcClock(() -> Nodes.NOON),
        () -> "unused",
        List.of(CATALOG),
        disk.journal(Long.MAX_VALUE));
  }

  private static void takeOver(Replica fresh, long actor, Replica member) {
    List<Entry> all = new ArrayList<>();
    member.delta(Coverage.NOTHING).pages().forEachRemaining(all::addAll);
    fresh.startAnew(actor, all, member.version());
  }

  private static void grow(Cuts cuts, List<Replica> nodes, long nanos) {
    Replica leader = nodes.getFirst();
    List<Cuts.Said> said =
        nodes.stream().skip(1).map(node -> new Cuts.Said(node.version(), nanos)).toList();
    VersionVector base = cuts.next(nanos, leader.version(), said);
    if (base != null) {
      nodes.forEach(node -> assertThat(node.settle(base)).isTrue());
    }
  }
}
