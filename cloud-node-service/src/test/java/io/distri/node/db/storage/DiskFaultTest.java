package io.distri.node.db.storage;

import static io.distri.node.db.storage.JournaledNode.put;
import static io.distri.node.db.storage.JournaledNode.read;
import static io.distri.node.db.storage.JournaledNode.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distri.node.db.Replica;
import io.distri.node.db.StorageException;
import io.distri.protocol.ProblemType;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails while a node writes. */
class DiskFaultTest {
  private final SimulatedDisk disk = new SimulatedDisk(1);

  @Test
  void a_full_disk_refuses_writes_and_takes_them_when_there_is_room_again() {
    Replica node = start(1, disk);
    put(node, "a", 1);
    disk.leave(40);

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> put(node, "b", 2))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(ProblemType.DISK_FULL));
    assertThat(read(node)).containsExactly("a=1");
    assertThat(node.takesWrites()).isTrue();
    disk.grow();
    put(node, "c", 3);

    assertThat(read(node)).containsExactly("a=1", "c=3");
    assertThat(read(start(2, disk))).containsExactly("a=1", "c=3");
  }

  @Test
  void a_disk_without_room_for_a_new_log_takes_writes_later() {
    put(start(1, disk), "a", 1);
    Replica node = start(2, disk);
    disk.leave(5);

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> put(node, "b", 2))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(ProblemType.DISK_FULL));
    disk.grow();
    put(node, "c", 3);

    assertThat(read(start(3, disk))).containsExactly("a=1", "c=3");
  }

  @Test
  void a_disk_without_room_for_a_snapshot_keeps_the_log() {
    Replica node = start(1, disk.journal(2000));
    for (int i = 0; disk.names().size() == 1 && disk.used() < 1800; i++) {
      put(node, "d" + i, i);
    }
    int before = read(node).size();
    disk.leave(700);
    put(node, "x", 1);
    put(node, "y", 1);
    disk.grow();

    assertThat(read(start(2, disk))).hasSize(before + 2);
  }

  @Test
  void after_a_failed_sync_a_node_reads_and_writes_no_more() {
    Replica node = start(1, disk);
    put(node, "a", 1);
    disk.failSyncs(true);

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> put(node, "b", 2))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(ProblemType.NOT_ACKNOWLEDGED));
    disk.failSyncs(false);
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> put(node, "c", 3))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(ProblemType.UNAVAILABLE));

    assertThat(node.takesWrites()).isFalse();
    assertThat(read(node)).containsExactly("a=1");
    disk.restart();
    assertThat(read(start(2, disk))).contains("a=1").doesNotContain("c=3");
  }

  @Test
  void whatever_operation_the_machine_stops_at_no_acknowledged_write_is_lost() {
    int crashes = 0;
    for (int operations = 0; operations < 250; operations++) {
      SimulatedDisk crashing = new SimulatedDisk(operations);
      crashing.crashAfter(operations);
      Map<String, Integer> acknowledged = new TreeMap<>();
      String unknown = "";
      try {
        Replica node = start(1, crashing.journal(600));
        for (int i = 0; i < 100; i++) {
          unknown = "d" + i % 7 + "=" + i;
          put(node, "d" + i % 7, i);
          acknowledged.put("d" + i % 7, i);
        }
      } catch (Crash crash) {
        crashes++;
      }
      crashing.restart();
      crashing.crashAfter(operations % 5);
      try {
        start(2, crashing.journal(600));
      } catch (Crash duringRecovery) {
        crashing.restart();
      }
      crashing.crashAfter(Long.MAX_VALUE);
      for (String document : read(start(3, crashing.journal(600)))) {
        String[] parts = document.split("=");
        if (!document.equals(unknown)) {
          assertThat(acknowledged).containsEntry(parts[0], Integer.valueOf(parts[1]));
        }
        acknowledged.remove(parts[0]);
      }
      assertThat(acknowledged).as("lost after %d operations", operations).isEmpty();
    }
    assertThat(crashes).isGreaterThan(150);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void a_disk_that_only_says_it_synced_is_caught(long seed) {
    SimulatedDisk lying = new SimulatedDisk(seed);
    lying.forgetSyncs();
    Replica node = start(1, lying);
    for (int i = 0; i < 20; i++) {
      put(node, "d" + i, i);
    }
    lying.restart();

    try {
      assertThat(read(start(2, lying))).hasSizeLessThan(20);
    } catch (UncheckedIOException damaged) {
      assertThat(damaged).hasCauseInstanceOf(CorruptException.class);
    }
  }
}
