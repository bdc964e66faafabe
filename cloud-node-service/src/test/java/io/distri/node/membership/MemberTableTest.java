package io.distri.node.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemberTableTest {
  private static final HostPort A = HostPort.parse("127.0.0.1:3001");
  private static final HostPort B = HostPort.parse("127.0.0.1:3002");

  private final AtomicLong clock = new AtomicLong();
  private final MemberTable table =
      new MemberTable("self", List.of(A, B), "evicted"::equals, clock::get);

  @Test
  void a_first_contact_counts_as_a_voter_before_and_after_it_is_met() {
    assertThat(table.electorate().others()).isEqualTo(2);
    table.heard(member("a", A, NodeState.UP, 1));
    assertThat(table.electorate().others()).isEqualTo(2);
    assertThat(table.unmetContacts()).containsExactly(B);
    table.heard(member("c", HostPort.parse("127.0.0.1:3003"), NodeState.UP, 1));
    assertThat(table.electorate().others()).isEqualTo(3);
  }

  @Test
  void a_member_that_nobody_reaches_is_suspected_then_dead_then_back() {
    table.heard(member("a", A, NodeState.UP, 1));
    table.suspect("a", 1);
    assertThat(state("a")).isEqualTo(NodeState.SUSPECT);
    pass(MemberTable.SUSPICION.plusMillis(1));
    assertThat(state("a")).isEqualTo(NodeState.DEAD);
    table.heard(member("a", A, NodeState.UP, 1));
    assertThat(state("a")).as("it has to refute it").isEqualTo(NodeState.DEAD);
    table.heard(member("a", A, NodeState.UP, 2));
    assertThat(state("a")).isEqualTo(NodeState.UP);
  }

  @Test
  void a_suspicion_of_an_earlier_incarnation_says_nothing() {
    table.heard(member("a", A, NodeState.UP, 2));
    table.suspect("a", 1);
    table.learned(List.of(member("a", A, NodeState.DEAD, 1)));
    assertThat(state("a")).isEqualTo(NodeState.UP);
    table.learned(List.of(member("a", A, NodeState.SUSPECT, 2)));
    assertThat(state("a")).isEqualTo(NodeState.SUSPECT);
  }

  @Test
  void one_that_left_is_forgotten_in_time() {
    table.heard(member("a", A, NodeState.LEFT, 1));
    assertThat(table.members()).hasSize(1);
    pass(MemberTable.FAREWELL.plusMillis(1));
    assertThat(table.members()).isEmpty();
  }

  @Test
  void a_member_that_said_it_restarts_is_not_taken_for_dead() {
    table.heard(member("a", A, NodeState.RESTARTING, 1));
    table.suspect("a", 1);
    pass(Duration.ofMinutes(5));
    assertThat(state("a")).isEqualTo(NodeState.RESTARTING);
    assertThat(table.electorate().others()).isEqualTo(2);
  }

  @Test
  void the_word_of_an_earlier_start_does_not_replace_that_of_a_later_one() {
    table.heard(member("a", A, NodeState.UP, 2));
    table.heard(member("a", A, NodeState.RESTARTING, 1));
    assertThat(state("a")).isEqualTo(NodeState.UP);
  }

  @Test
  void a_node_made_anew_at_a_dead_nodes_address_takes_its_place() {
    table.heard(member("old", A, NodeState.UP, 1));
    table.heard(member("new", A, NodeState.UP, 2));
    assertThat(table.member("old")).isPresent();
    table.suspect("old", 1);
    pass(MemberTable.SUSPICION.plusMillis(1));
    table.heard(member("new", A, NodeState.UP, 2));
    assertThat(table.member("old")).isEmpty();
    assertThat(table.keyAt(A.internal())).hasValue("new");
  }

  @Test
  void listeners_hear_of_each_member_once_and_never_of_this_node() {
    List<String> heard = new ArrayList<>();
    table.onNewMember(member -> heard.add(member.id()));
    table.heard(member("a", A, NodeState.UP, 1));
    table.heard(member("a", A, NodeState.UP, 1));
    table.learned(
        List.of(
            member("self", B, NodeState.UP, 1),
            member("b", B, NodeState.UP, 1),
            member("gone", B, NodeState.LEFT, 1)));
    assertThat(heard).containsExactly("a", "b");
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private NodeState state(String id) {
    return table.member(id).orElseThrow().state();
  }

  private static Member member(String id, HostPort address, NodeState state, long incarnation) {
    return new Member(
        id, address, address, address.internal(), state, 1, incarnation, List.of(), 0, "");
  }
}
