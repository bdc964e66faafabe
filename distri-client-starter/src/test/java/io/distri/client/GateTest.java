package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.WorkClass;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GateTest {

  private static final Duration AT_ONCE = Duration.ZERO;

  private final Gate gate = new Gate(4);

  @Test
  void a_class_of_work_gets_no_more_than_its_own_room() throws InterruptedException {
    gate.resize(WorkClass.ENCRYPT, 2);

    assertThat(gate.enter(WorkClass.ENCRYPT, AT_ONCE)).isTrue();
    assertThat(gate.enter(WorkClass.ENCRYPT, AT_ONCE)).isTrue();
    assertThat(gate.enter(WorkClass.ENCRYPT, AT_ONCE)).isFalse();
    assertThat(gate.enter(WorkClass.DB, AT_ONCE)).isTrue();
    assertThat(gate.inside()).isEqualTo(3);
  }

  @Test
  void all_classes_together_get_no_more_than_the_gate_lets_in() throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      assertThat(gate.enter(WorkClass.ENCRYPT, AT_ONCE)).isTrue();
      assertThat(gate.enter(WorkClass.DB, AT_ONCE)).isTrue();
    }
    assertThat(gate.enter(WorkClass.USER, AT_ONCE)).isFalse();

    gate.leave(WorkClass.DB);
    assertThat(gate.enter(WorkClass.USER, AT_ONCE)).isTrue();
  }

  @Test
  void who_did_not_get_in_holds_no_room() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      assertThat(gate.enter(WorkClass.ENCRYPT, AT_ONCE)).isTrue();
    }
    gate.resize(WorkClass.DB, 1);
    assertThat(gate.enter(WorkClass.DB, AT_ONCE)).isFalse();
    gate.leave(WorkClass.ENCRYPT);
    assertThat(gate.enter(WorkClass.DB, AT_ONCE)).isTrue();
  }

  @Test
  void a_gate_grows_and_shrinks_while_in_use() throws InterruptedException {
    gate.resize(WorkClass.DB, 3);
    for (int i = 0; i < 3; i++) {
      assertThat(gate.enter(WorkClass.DB, AT_ONCE)).isTrue();
    }
    gate.resize(WorkClass.DB, 1);
    gate.leave(WorkClass.DB);
    gate.leave(WorkClass.DB);
    assertThat(gate.enter(WorkClass.DB, AT_ONCE)).isFalse();
    gate.leave(WorkClass.DB);
    assertThat(gate.enter(WorkClass.DB, AT_ONCE)).isTrue();

    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(() -> {
          try {
            return gate.enter(WorkClass.DB, Duration.ofMinutes(5));
          } catch (InterruptedException interrupted) {
            return false;
          }
        });
    gate.resize(WorkClass.DB, 100);
    assertThat(waiting.join()).isTrue();
  }

  @Test
  void there_is_always_room_for_one() throws InterruptedException {
    gate.resize(WorkClass.DB, 0);
    assertThat(gate.enter(WorkClass.DB, AT_ONCE)).isTrue();
  }
}
