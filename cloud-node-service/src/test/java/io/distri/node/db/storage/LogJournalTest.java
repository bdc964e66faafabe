package io.distri.node.db.storage;

import static io.distri.node.db.storage.JournaledNode.CATALOG;
import static io.distri.node.db.storage.JournaledNode.NOON;
import static io.distri.node.db.storage.JournaledNode.document;
import static io.distri.node.db.storage.JournaledNode.put;
import static io.distri.node.db.storage.JournaledNode.read;
import static io.distri.node.db.storage.JournaledNode.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distri.node.db.CollectionSummary;
import io.distri.node.db.HlcClock;
import io.distri.node.db.Refusal;
import io.distri.node.db.Replica;
import io.distri.node.db.Written;
import io.distri.node.db.filter.Filter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node finds when it starts again. */
class LogJournalTest {
  private static final String FIRST_LOG = "log-0000000000000001";

  private final SimulatedDisk disk = new SimulatedDisk(1);
  private long starts;

  @Test
  void a_node_starts_with_all_that_it_held() {
    Replica before = start(1, disk);
    put(before, "a", 1);
    put(before, "b", 2);
    before.delete(CATALOG, Filter.uuid("a"), "d");
    before.createCollection("drawings", null);
    before.deleteCollection("drawings", null);

    Replica after = start(2, disk);

    assertThat(after.version()).isEqualTo(before.version());
    assertThat(after.collections()).isEqualTo(before.collections());
    assertThat(read(after)).containsExactly("b=2");
    assertThat(after.delete(CATALOG, Filter.uuid("a"), "d"))
        .isEqualTo(before.delete(CATALOG, Filter.uuid("a"), "d"));
  }

  @Test
  void a_later_start_writes_under_other_names_and_later_timestamps() {
    Written before = (Written) put(start(1, disk), "a", 1);
    Written after = (Written) put(start(2, disk), "a", 2);

    Replica third = start(3, disk);

    assertThat(after.dot()).isNotEqualTo(before.dot());
    assertThat(third.version().covers(before.session())).isTrue();
    assertThat(third.version().covers(after.session())).isTrue();
    assertThat(read(third)).containsExactly("a=2");
  }

  @Test
  void timestamps_go_on_above_the_last_one_where_the_clock_went_back_meanwhile() {
    HlcClock before = clock(NOON);
    put(startedBy(before), "a", 1);
    long last = before.last();

    HlcClock after = clock(NOON - 400);
    Replica next = startedBy(after);
    put(next, "a", 2);
    assertThat(after.last()).isEqualTo(last + 1);

    Replica later = startedBy(clock(NOON - 600));
    assertThat(put(later, "a", 3)).isEqualTo(new Refusal.ClockAhead(Duration.ofMillis(600)));
    assertThat(read(later)).containsExactly("a=2");
  }

  private Replica startedBy(HlcClock clock) {
    return start(++starts, disk.journal(Long.MAX_VALUE), clock);
  }

  private static HlcClock clock(long epochMillis) {
    return new HlcClock(() -> epochMillis);
  }

  @Test
  void an_initial_collection_that_was_dropped_stays_dropped() {
    start(1, disk).deleteCollection(CATALOG, null);

    assertThat(start(2, disk).collections()).isEmpty();
  }

  @Test
  void what_came_from_another_node_is_kept_with_its_vector() {
    Replica other = start(7, new SimulatedDisk(2));
    put(other, "a", 1);
    Replica before = start(1, disk);
    other.delta(before.version()).pages().forEachRemaining(before::apply);
    before.adopt(other.version());

    Replica after = start(2, disk);

    assertThat(after.version()).isEqualTo(before.version());
    assertThat(after.version().covers(other.version())).isTrue();
    assertThat(read(after)).containsExactly("a=1");
  }

  @Test
  void a_log_that_ends_at_any_byte_of_its_last_frame_loses_that_write_and_no_other() {
    Replica node = start(1, disk);
    put(node, "a", 1);
    int safe = disk.bytes(FIRST_LOG).length;
    put(node, "b", 2);
    byte[] whole = disk.bytes(FIRST_LOG);

    for (int end = safe; end < whole.length; end++) {
      SimulatedDisk torn = new SimulatedDisk(end);
      torn.put(FIRST_LOG, Arrays.copyOf(whole, end));
      Replica again = start(2, torn);
      assertThat(read(again)).containsExactly("a=1");
      put(again, "c", 3);
      assertThat(read(start(3, torn))).containsExactly("a=1", "c=3");
    }
  }

  @Test
  void a_last_frame_with_any_byte_changed_is_cut_off() {
    Replica node = start(1, disk);
    put(node, "a", 1);
    int safe = disk.bytes(FIRST_LOG).length;
    put(node, "b", 2);

    for (int at = safe; at < disk.bytes(FIRST_LOG).length; at++) {
      SimulatedDisk torn = disk.copy();
      torn.bytes(FIRST_LOG)[at] ^= 0x11;
      assertThat(read(start(2, torn))).containsExactly("a=1");
    }
  }

  @Test
  void damage_before_the_last_frame_stops_the_start_and_changes_nothing() {
    Replica node = start(1, disk);
    put(node, "a", 1);
    int safe = disk.bytes(FIRST_LOG).length;
    put(node, "b", 2);

    for (int at = 0; at < safe; at++) {
      SimulatedDisk damaged = disk.copy();
      damaged.bytes(FIRST_LOG)[at] ^= 0x11;
      byte[] before = damaged.bytes(FIRST_LOG).clone();
      assertThatExceptionOfType(UncheckedIOException.class)
          .as("byte %d", at)
          .isThrownBy(() -> start(2, damaged))
          .withCauseInstanceOf(CorruptException.class);
      assertThat(damaged.bytes(FIRST_LOG)).isEqualTo(before);
    }
  }

  @Test
  void a_log_that_is_gone_stops_the_start() throws Exception {
    put(start(1, disk), "a", 1);
    put(start(2, disk), "b", 2);
    put(start(3, disk), "c", 3);
    disk.delete(disk.names().get(1));

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> start(4, disk))
        .withMessageContaining("log-0000000000000003 is missing");
  }

  @Test
  void a_damaged_snapshot_stops_the_start() {
    Replica node = start(1, disk.journal(1));
    put(node, "a", 1);
    String snapshot =
        disk.names().stream().filter(name -> name.startsWith("snapshot")).findFirst().orElseThrow();

    for (int at = 0; at < disk.bytes(snapshot).length; at++) {
      SimulatedDisk damaged = disk.copy();
      damaged.bytes(snapshot)[at] ^= 0x11;
      assertThatExceptionOfType(UncheckedIOException.class)
          .as("byte %d", at)
          .isThrownBy(() -> start(2, damaged))
          .withCauseInstanceOf(CorruptException.class);
    }
  }

  @Test
  void a_document_that_holds_a_frame_of_the_log_is_not_taken_for_one() {
    Replica node = start(1, disk);
    put(node, "a", 1);
    int safe = disk.bytes(FIRST_LOG).length;
    byte[] forged = new Frame(9, new byte[] {1, 2, 3}).toBytes(0);
    byte[] log = disk.bytes(FIRST_LOG);
    byte[] torn = Arrays.copyOf(log, safe + 10 + forged.length);
    System.arraycopy(forged, 0, torn, safe + 10, forged.length);
    disk.put(FIRST_LOG, torn);

    assertThat(read(start(2, disk))).containsExactly("a=1");
  }

  @Test
  void what_is_on_disk_stays_in_proportion_to_what_is_held() {
    Replica node = start(1, disk.journal(1000));
    long most = 0;
    for (int i = 0; i < 2000; i++) {
      put(node, "d" + i % 10, i);
      most = Math.max(most, disk.used());
    }

    SimulatedDisk once = new SimulatedDisk(2);
    Replica same = start(1, once);
    for (int i = 0; i < 10; i++) {
      put(same, "d" + i, i);
    }
    assertThat(most).isLessThan(5 * once.used());
    assertThat(start(2, disk).collections())
        .isEqualTo(List.of(new CollectionSummary(CATALOG, 1, 10, 0, 0)));
    assertThat(read(start(3, disk))).contains("d9=1999", "d0=1990");
  }

  @Test
  void a_document_is_the_same_after_each_of_many_starts() {
    for (int start = 1; start <= 40; start++) {
      Replica node = start(start, disk.journal(500));
      assertThat(read(node)).hasSize(start - 1);
      node.add(CATALOG, document("d" + start, start), "w" + start);
    }
  }
}
