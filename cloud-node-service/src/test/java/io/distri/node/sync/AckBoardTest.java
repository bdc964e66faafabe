package io.distri.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.db.Dot;
import io.distri.node.db.Holding;
import io.distri.node.db.VersionVector;
import io.distri.node.db.service.WriteAcks.Acked;
import io.distri.node.membership.Member;
import io.distri.node.membership.MemberTable;
import io.distri.node.settings.NodeProperties.WriteAck;
import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AckBoardTest {
  private static final HostPort A = HostPort.parse("127.0.0.1:3001");
  private static final HostPort B = HostPort.parse("127.0.0.1:3002");
  private static final VersionVector FIRST = VersionVector.of(new Dot(7, 1));
  private static final VersionVector SECOND = VersionVector.of(new Dot(7, 2));

  private final MemberTable members =
      new MemberTable("self", List.of(A, B), id -> false, System::nanoTime);

  @Test
  void a_majority_is_this_node_and_one_of_two_others() throws Exception {
    AckBoard board = new AckBoard(members, WriteAck.MAJORITY);
    assertThat(board.await(FIRST, Duration.ZERO)).isEqualTo(new Acked(1, 2, 3));
    CompletableFuture<Acked> waiting =
        CompletableFuture.supplyAsync(() -> await(board, FIRST, Duration.ofSeconds(5)));
    holds(board, member("a", A, 1), FIRST);
    assertThat(waiting.get(5, TimeUnit.SECONDS)).isEqualTo(new Acked(2, 2, 3));
  }

  @Test
  void all_and_local_count_as_they_say() throws Exception {
    AckBoard all = new AckBoard(members, WriteAck.ALL);
    holds(all, member("a", A, 1), FIRST);
    assertThat(all.await(FIRST, Duration.ZERO).enough()).isFalse();
    holds(all, member("b", B, 1), SECOND);
    assertThat(all.await(FIRST, Duration.ZERO).enough()).isTrue();
    AckBoard local = new AckBoard(members, WriteAck.LOCAL);
    assertThat(local.await(FIRST, Duration.ZERO).enough()).isTrue();
  }

  @Test
  void a_copy_of_one_that_left_or_was_evicted_does_not_count() {
    AckBoard board = new AckBoard(members, WriteAck.MAJORITY);
    holds(board, member("a", A, 1), FIRST);
    members.strike("a");
    assertThat(await(board, FIRST, Duration.ZERO)).isEqualTo(new Acked(1, 2, 2));
  }

  @Test
  void words_that_arrive_late_take_nothing_back_and_a_new_start_does() {
    AckBoard board = new AckBoard(members, WriteAck.MAJORITY);
    holds(board, member("a", A, 1), SECOND);
    holds(board, member("a", A, 1), FIRST);
    assertThat(board.heldBy("a")).isEqualTo(SECOND);
    holds(board, member("a", A, 2), FIRST);
    holds(board, member("a", A, 1), SECOND);
    assertThat(board.heldBy("a")).isEqualTo(FIRST);
  }

  private static Acked await(AckBoard board, VersionVector writes, Duration patience) {
    try {
      return board.await(writes, patience);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void holds(AckBoard board, Member member, VersionVector versionVector) {
    members.heard(member);
    board.holds(member, new Holding(versionVector, 0));
  }

  private static Member member(String id, HostPort address, long start) {
    return new Member(
        id, address, address, address.internal(), NodeState.UP, start, start, List.of(), 0, "");
  }
}
