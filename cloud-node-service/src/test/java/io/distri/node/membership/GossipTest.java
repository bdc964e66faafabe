package io.distri.node.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.membership.SimulatedGossip.SimulatedMember;
import io.distri.protocol.NodeState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many members on a network that loses messages. A failing seed replays. */
class GossipTest {
  private static final int MEMBERS = 50;
  private static final double LOSS = 0.05;
  private static final int RUNS = 100;
  private static final Duration TEN_PERIODS = FailureDetector.PERIOD.multipliedBy(10);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void all_members_hear_of_a_join_within_ten_periods(long seed) {
    SimulatedGossip gossip = settled(seed, MEMBERS - 1, LOSS);
    SimulatedMember newcomer = gossip.join();
    gossip.run(TEN_PERIODS);
    assertThat(gossip.members())
        .filteredOn(member -> member != newcomer)
        .allMatch(member -> member.stateOf(newcomer) == NodeState.UP);
    assertThat(newcomer.table.members()).hasSize(MEMBERS - 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void all_members_hear_of_a_death_within_ten_periods(long seed) {
    SimulatedGossip gossip = settled(seed, MEMBERS, LOSS);
    SimulatedMember victim = gossip.members().get(7);
    victim.dead = true;
    gossip.run(TEN_PERIODS);
    assertThat(gossip.members())
        .filteredOn(member -> member != victim)
        .allMatch(member -> member.stateOf(victim) == NodeState.DEAD);
    assertThat(gossip.members())
        .filteredOn(member -> member != victim)
        .allMatch(member ->
            member.table.members().stream()
                .filter(other -> !other.id().equals(victim.local.id()))
                .allMatch(other -> other.state() == NodeState.UP));
  }

  @Test
  void nobody_is_suspected_for_a_pause_of_half_a_second() {
    int suspicions = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      SimulatedGossip gossip = settled(seed, MEMBERS, 0);
      for (int second = 0; second < 5; second++) {
        gossip.pause(gossip.members().get((seed + second) % MEMBERS), Duration.ofMillis(500));
        gossip.run(Duration.ofSeconds(1));
      }
      suspicions += gossip.suspicions();
    }
    assertThat(suspicions).isZero();
  }

  @Test
  void a_member_that_is_suspected_refutes_it() {
    SimulatedGossip gossip = settled(3, MEMBERS, LOSS);
    SimulatedMember member = gossip.members().get(0);
    long before = member.self.now().incarnation();
    gossip.pause(member, Duration.ofSeconds(4));
    gossip.run(Duration.ofSeconds(4));
    assertThat(gossip.members().stream().map(other -> other.stateOf(member)))
        .contains(NodeState.SUSPECT);
    gossip.run(TEN_PERIODS);
    assertThat(gossip.members())
        .filteredOn(other -> other != member)
        .allMatch(other -> other.stateOf(member) == NodeState.UP);
    assertThat(member.self.now().incarnation()).isGreaterThan(before);
  }

  @Test
  void what_a_member_sends_does_not_grow_with_the_number_of_members() {
    double few = bytesEachSecond(20);
    double many = bytesEachSecond(60);
    // Of few members some are heard within the period before they would be told.
    assertThat(many).isLessThan(1.2 * few);
    assertThat(many).isLessThan(6 * 1024);
  }

  private static double bytesEachSecond(int count) {
    SimulatedGossip gossip = settled(1, count, LOSS);
    List<SimulatedMember> members = gossip.members();
    // Until each has met each other one twice.
    gossip.run(Duration.ofSeconds(60));
    gossip.count();
    gossip.run(Duration.ofSeconds(20));
    return members.stream().mapToLong(member -> member.bytes).average().orElseThrow() / 20;
  }

  /** Members that know each other, and have nothing new to tell. */
  private static SimulatedGossip settled(long seed, int count, double loss) {
    SimulatedGossip gossip = new SimulatedGossip(seed, loss);
    for (int i = 0; i < count; i++) {
      gossip.join();
    }
    gossip.run(TEN_PERIODS);
    assertThat(gossip.members()).allMatch(member -> member.table.members().size() == count - 1);
    return gossip;
  }
}
