package io.distri.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.demo.WriteLedger.Counts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WriteLedgerTest {

  private static final long SETTLED = WriteLedger.SETTLES.toNanos();
  private static final long TOO_LATE = WriteLedger.LOST_AFTER.plus(Duration.ofNanos(1)).toNanos();

  private final WriteLedger ledger = new WriteLedger();

  @Test
  void a_write_is_looked_for_once_nodes_had_time_to_sync() {
    acknowledge(7, "a");

    assertThat(ledger.due(SETTLED - 1)).isEmpty();
    assertThat(ledger.due(SETTLED)).containsExactly(7L);
  }

  @Test
  void a_write_that_every_node_has_is_verified_once() {
    acknowledge(7, "a");
    ledger.looked(7, List.of(Set.of("a"), Set.of("a", "b")), SETTLED);
    ledger.looked(7, List.of(Set.of("a"), Set.of("a", "b")), SETTLED);

    assertThat(ledger.counts()).isEqualTo(new Counts(1, 1, 0));
    assertThat(ledger.due(TOO_LATE)).isEmpty();
  }

  @Test
  void a_write_that_a_node_lacks_is_looked_for_again_and_then_lost_once() {
    acknowledge(7, "a");
    ledger.looked(7, List.of(Set.of("a"), Set.of()), SETTLED);
    assertThat(ledger.counts()).isEqualTo(new Counts(1, 0, 0));

    ledger.looked(7, List.of(Set.of("a"), Set.of()), TOO_LATE);
    ledger.looked(7, List.of(Set.of("a"), Set.of()), TOO_LATE);
    assertThat(ledger.counts()).isEqualTo(new Counts(1, 0, 1));
  }

  @Test
  void a_node_that_caught_up_in_time_has_lost_nothing() {
    acknowledge(7, "a");
    ledger.looked(7, List.of(Set.of("a"), Set.of()), SETTLED);
    ledger.looked(7, List.of(Set.of("a"), Set.of("a")), TOO_LATE);

    assertThat(ledger.counts()).isEqualTo(new Counts(1, 1, 0));
  }

  @Test
  void without_a_node_to_look_on_nothing_is_decided() {
    acknowledge(7, "a");
    ledger.looked(7, List.of(), TOO_LATE);

    assertThat(ledger.counts()).isEqualTo(new Counts(1, 0, 0));
    assertThat(ledger.due(TOO_LATE)).containsExactly(7L);
  }

  @Test
  void a_write_acknowledged_while_its_batch_was_looked_for_waits_its_turn() {
    acknowledge(7, "a");
    ledger.acknowledged(7, "late", SETTLED);
    ledger.looked(7, List.of(Set.of("a")), SETTLED);

    assertThat(ledger.counts()).isEqualTo(new Counts(2, 1, 0));
    assertThat(ledger.due(2 * SETTLED)).containsExactly(7L);
  }

  @Test
  void a_batch_is_forgotten_once_when_nothing_in_it_is_looked_for() {
    acknowledge(7, "a");
    ledger.begins(9);
    assertThat(ledger.closedBefore(9)).isEmpty();

    ledger.looked(7, List.of(Set.of("a")), SETTLED);
    assertThat(ledger.closedBefore(9)).containsExactly(7L);
    assertThat(ledger.closedBefore(9)).isEmpty();
    assertThat(ledger.closedBefore(10)).containsExactly(9L);
  }

  private void acknowledge(long batch, String uuid) {
    ledger.begins(batch);
    ledger.acknowledged(batch, uuid, 0);
  }
}
