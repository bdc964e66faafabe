package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElectionRuleTest {

  private final Random random = new Random(42);

  @ParameterizedTest
  @EnumSource
  void no_rule_elects_without_candidates(ElectionRule rule) {
    assertThat(rule.ballot().elect(List.of(), random)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void the_only_candidate_is_elected_by_every_rule(ElectionRule rule) {
    Candidate only = candidate(1, 7);

    assertThat(rule.ballot().elect(List.of(only), random).orElseThrow().node())
        .isEqualTo(only.node());
  }

  @Test
  void round_robin_takes_each_in_turn_however_busy() {
    List<Candidate> three = List.of(candidate(1, 0), candidate(2, 100), candidate(3, 0));
    Ballot ballot = ElectionRule.ROUND_ROBIN.ballot();

    List<Node> elected = elect(ballot, three, 6).toList();

    assertThat(elected.subList(0, 3)).doesNotHaveDuplicates().isEqualTo(elected.subList(3, 6));
  }

  @Test
  void two_choices_never_takes_the_busiest_of_three_and_takes_both_others() {
    List<Candidate> three = List.of(candidate(1, 2), candidate(2, 100), candidate(3, 3));

    assertThat(elect(ElectionRule.TWO_CHOICES.ballot(), three, 100))
        .containsOnly(three.get(0).node(), three.get(2).node())
        .contains(three.get(0).node(), three.get(2).node());
  }

  @Test
  void two_choices_shares_between_equals() {
    List<Candidate> two = List.of(candidate(1, 2), candidate(2, 2));

    assertThat(elect(ElectionRule.TWO_CHOICES.ballot(), two, 100))
        .contains(two.get(0).node(), two.get(1).node());
  }

  private Stream<Node> elect(Ballot ballot, List<Candidate> candidates, int times) {
    return IntStream.range(0, times)
        .mapToObj(time -> ballot.elect(candidates, random).orElseThrow().node());
  }

  private static Candidate candidate(int number, int inFlight) {
    Node node = new Node(new HostPort("10.0.0." + number, 3000), NodeState.UP, null);
    return new Candidate(node, null, 0, 0, inFlight, 0);
  }
}
