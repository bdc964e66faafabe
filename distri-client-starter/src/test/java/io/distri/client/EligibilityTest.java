package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EligibilityTest {

  private static final Node UP = node(1, NodeState.UP, "Encrypt");
  private static final Node DOES_MORE = node(2, NodeState.UP, "Encrypt", "Thumbnail");
  private static final Node UNKNOWN = new Node(address(3), NodeState.UP, null);

  @Test
  void nodes_that_offer_the_service_or_may_do_so_are_eligible() {
    List<Node> all = List.of(UP, DOES_MORE, UNKNOWN);

    assertThat(Eligibility.of(all, "Encrypt", Set.of())).isEqualTo(all);
    assertThat(Eligibility.of(all, "Thumbnail", Set.of())).containsExactly(DOES_MORE, UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UP")
  void a_node_that_is_not_up_is_not_eligible_while_another_is(NodeState state) {
    Node down = node(4, state, "Encrypt");

    assertThat(Eligibility.of(List.of(down, UP), "Encrypt", Set.of())).containsExactly(UP);
    assertThat(Eligibility.of(List.of(down), "Encrypt", Set.of())).containsExactly(down);
  }

  @Test
  void an_open_breaker_keeps_a_node_out_while_another_offers_the_service() {
    Set<HostPort> open = Set.of(DOES_MORE.address());

    assertThat(Eligibility.of(List.of(UP, DOES_MORE), "Encrypt", open)).containsExactly(UP);
    assertThat(Eligibility.of(List.of(UP, DOES_MORE), "Thumbnail", open))
        .containsExactly(DOES_MORE);
  }

  @Test
  void when_no_node_is_known_to_offer_it_all_are_asked() {
    assertThat(Eligibility.of(List.of(UP, DOES_MORE), "New", Set.of())).hasSize(2);
  }

  private static Node node(int number, NodeState state, String... services) {
    return new Node(address(number), state, Set.of(services));
  }

  private static HostPort address(int number) {
    return new HostPort("10.0.0.1", 1000 + number);
  }
}
