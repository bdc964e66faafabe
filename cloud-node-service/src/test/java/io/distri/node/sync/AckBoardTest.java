package io.distri.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.db.Dot;
import io.distri.node.db.Holding;
import io.distri.node.db.VersionVector;
import io.distri.node.db.service.WriteAcks.Acked;
import io.distri.node.membership.Electorate;
import io.distri.node.membership.Member;
import io.distri.node.membership.MemberTable;
import io.distri.node.settings.NodeProperties.WriteAck;
import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
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
    AckBoard board = new AckBoard(members::electorate, WriteAck.MAJORITY);
    assertThat(board.await(FIRST, Duration.ZERO)).isEqualTo(new Acked(1, 2, 3));
    CompletableFuture<Acked> waiting = waiting(board);
    holds(board, member("a", A, 1), FIRST);
    assertThat(waiting.get(5, TimeUnit.MINUTES)).isEqualTo(new Acked(2, 2, 3));
  }

  @Test
  void all_and_local_count_as_they_say() throws Exception {
    AckBoard all = new AckBoard(members::electorate, WriteAck.ALL);
    holds(all, member("a", A, 1), FIRST);
    assertThat(all.await(FIRST, Duration.ZERO).enough()).isFalse();
    holds(all, member("b", B, 1), SECOND);
    assertThat(all.await(FIRST, Duration.ZERO).enough()).isTrue();
    AckBoard local = new AckBoard(members::electorate, WriteAck.LOCAL);
    assertThat(local.await(FIRST, Duration.ZERO).enough()).isTrue();
  }

  @Test
  void a_copy_of_one_that_left_or_was_evicted_does_not_count() {
    AckBoard board = new AckBoard(members::electorate, WriteAck.MAJORITY);
    holds(board, member("a", A, 1), FIRST);
    members.strike("a");
    assertThat(await(board, FIRST, Duration.ZERO)).isEqualTo(new Acked(1, 2, 2));
  }

  @Test
  void while_a_member_joins_both_counts_have_to_be_met() {
    AckBoard board = new AckBoard(members::electorate, WriteAck.MAJORITY);
    holds(board, member("a", A, 1), SECOND);
    holds(board, member("b", B, 1), VersionVector.EMPTY);
    holds(board, joining("c"), FIRST);
    assertThat(await(board, FIRST, Duration.ZERO)).as("with it").isEqualTo(new Acked(3, 3, 4));
    members.strike("a");
    assertThat(await(board, FIRST, Duration.ZERO)).as("without it").isEqualTo(new Acked(1, 2, 2));
    holds(board, member("b", B, 1), SECOND);
    assertThat(await(board, SECOND, Duration.ZERO)).isEqualTo(new Acked(2, 2, 3));
  }

  @Test
  void one_that_starts_again_beside_a_single_other_keeps_its_vote() {
    members.metSelf(B);
    AckBoard board = new AckBoard(members::electorate, WriteAck.MAJORITY);
    members.heard(joining("a", A));
    assertThat(await(board, FIRST, Duration.ZERO)).isEqualTo(new Acked(1, 2, 2));
  }

  @Test
  void a_write_that_waits_while_a_voter_goes_needs_the_count_it_began_with_too() {
    members.heard(member("c", HostPort.parse("127.0.0.1:3003"), 1));
    AckBoard board = new AckBoard(members::electorate, WriteAck.MAJORITY);
    holds(board, member("a", A, 1), FIRST);
    holds(board, member("b", B, 1), VersionVector.EMPTY);
    Electorate begun = members.electorate();
    members.heard(member("c", HostPort.parse("127.0.0.1:3003"), 2, NodeState.LEFT));
    assertThat(board.acked(FIRST, members.electorate()).enough()).isTrue();
    assertThat(board.acked(FIRST, begun)).isEqualTo(new Acked(2, 3, 4));
  }

  @Test
  void a_write_that_waits_while_first_contacts_are_met_counts_them_as_who_they_are() {
    AckBoard board = new AckBoard(members::electorate, WriteAck.MAJORITY);
    Electorate begun = members.electorate();
    holds(board, member("a", A, 1), FIRST);
    assertThat(board.acked(FIRST, begun)).isEqualTo(new Acked(2, 2, 3));
    members.metSelf(B);
    assertThat(board.acked(FIRST, begun)).isEqualTo(new Acked(2, 2, 2));
    holds(board, member("a", A, 2), VersionVector.EMPTY);
    assertThat(board.acked(FIRST, begun)).isEqualTo(new Acked(1, 2, 2));
  }

  @Test
  void a_contact_that_was_met_and_left_still_counts_for_a_write_from_before() {
    AckBoard board = new AckBoard(members::electorate, WriteAck.MAJORITY);
    Electorate begun = members.electorate();
    members.heard(member("a", A, 1));
    members.heard(member("a", A, 2, NodeState.LEFT));
    holds(board, member("b", B, 1), VersionVector.EMPTY);
    members.strike("b");
    assertThat(board.acked(FIRST, members.electorate()).enough()).isTrue();
    assertThat(board.acked(FIRST, begun)).isEqualTo(new Acked(1, 2, 3));
  }

  @Test
  void a_write_waits_for_nobody_where_too_many_are_silent() throws Exception {
    AckBoard board = new AckBoard(members::electorate, WriteAck.MAJORITY);
    holds(board, member("a", A, 1), VersionVector.EMPTY);
    holds(board, member("b", B, 1), VersionVector.EMPTY);
    CompletableFuture<Acked> waiting = waiting(board);
    members.learned(List.of(member("a", A, 1, NodeState.SUSPECT)));
    board.lookAgain();
    assertThat(board.inReach()).isEqualTo(new Acked(2, 2, 3));
    assertThat(waiting).isNotDone();
    members.learned(List.of(member("b", B, 1, NodeState.DEAD)));
    board.lookAgain();
    assertThat(board.inReach()).isEqualTo(new Acked(1, 2, 3));
    assertThat(waiting.get(5, TimeUnit.MINUTES)).isEqualTo(new Acked(1, 2, 3));
    holds(board, member("b", B, 2), VersionVector.EMPTY);
    assertThat(board.inReach()).isEqualTo(new Acked(2, 2, 3));
  }

  @Test
  void a_copy_that_a_silent_member_told_of_still_counts() {
    AckBoard all = new AckBoard(members::electorate, WriteAck.ALL);
    holds(all, member("a", A, 1), FIRST);
    holds(all, member("b", B, 1), VersionVector.EMPTY);
    members.learned(List.of(member("a", A, 1, NodeState.DEAD)));
    CompletableFuture<Acked> waiting = waiting(all);
    all.lookAgain();
    assertThat(all.inReach().enough()).as("for a new write").isFalse();
    holds(all, member("b", B, 1), FIRST);
    assertThat(waiting.join()).isEqualTo(new Acked(3, 3, 3));
  }

  @Test
  void one_that_restarts_or_was_never_seen_is_waited_for() {
    AckBoard board = new AckBoard(members::electorate, WriteAck.MAJORITY);
    members.heard(member("a", A, 1, NodeState.RESTARTING));
    assertThat(board.inReach()).isEqualTo(new Acked(3, 2, 3));
    AckBoard local = new AckBoard(members::electorate, WriteAck.LOCAL);
    members.learned(List.of(member("a", A, 1, NodeState.DEAD), member("b", B, 1, NodeState.DEAD)));
    assertThat(local.inReach().enough()).isTrue();
  }

  @Test
  void what_a_node_holds_is_handed_over_when_the_others_said_so_after_it_said_it_leaves() {
    AckBoard board = new AckBoard(members::electorate, WriteAck.MAJORITY);
    holds(board, member("a", A, 1), SECOND, 100L);
    holds(board, member("b", B, 1), SECOND, 200L);
    assertThat(board.handedOver(SECOND, 100)).isTrue();
    assertThat(board.handedOver(SECOND, 150)).as("one may leave as well").isFalse();
    holds(board, member("a", A, 2), FIRST, 300L);
    assertThat(board.handedOver(SECOND, 150)).as("one of two holds all").isFalse();
    members.heard(member("a", A, 3, NodeState.LEFT));
    assertThat(board.handedOver(SECOND, 150)).isTrue();
    members.strike("b");
    assertThat(board.handedOver(SECOND, 500)).as("nobody stays").isTrue();
  }

  @Test
  void words_that_arrive_late_take_nothing_back_and_a_new_start_does() {
    AckBoard board = new AckBoard(members::electorate, WriteAck.MAJORITY);
    holds(board, member("a", A, 1), SECOND);
    holds(board, member("a", A, 1), FIRST);
    assertThat(board.heldBy("a").recent()).isEqualTo(SECOND);
    holds(board, member("a", A, 2), FIRST);
    holds(board, member("a", A, 1), SECOND);
    assertThat(board.heldBy("a").recent()).isEqualTo(FIRST);
  }

  private static Acked await(AckBoard board, VersionVector writes, Duration patience) {
    try {
      return board.await(writes, patience);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for copies of the first write; returns when it waits, or has no need to. */
  private static CompletableFuture<Acked> waiting(AckBoard board) {
    CompletableFuture<Acked> outcome = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(() -> outcome.complete(await(board, FIRST, Duration.ofMinutes(1))));
    Awaitility.await()
        .until(() -> outcome.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
    return outcome;
  }

  private void holds(AckBoard board, Member member, VersionVector versionVector) {
    holds(board, member, versionVector, null);
  }

  private void holds(
      AckBoard board, Member member, VersionVector versionVector, @Nullable Long asked) {
    members.heard(member);
    board.holds(member, new Holding(versionVector, 0, 0), VersionVector.EMPTY, asked);
  }

  private static Member joining(String id) {
    return joining(id, HostPort.parse("127.0.0.1:3003"));
  }

  private static Member joining(String id, HostPort address) {
    return member(id, address, 1, NodeState.JOINING);
  }

  private static Member member(String id, HostPort address, long start) {
    return member(id, address, start, NodeState.UP);
  }

  private static Member member(String id, HostPort address, long start, NodeState state) {
    return new Member(
        id, address, address, address.internal(), state, start, start, List.of(), 0, "");
  }
}
