package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeRecord;
import io.distri.protocol.NodeState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RosterTest {

  private static final long SECOND = 1_000_000_000L;
  private static final HostPort FIRST = HostPort.parse("node1:3000");
  private static final HostPort SECOND_NODE = HostPort.parse("10.0.0.2:3000");
  private static final HostPort NAME = HostPort.parse("nodes:3000");

  private final Roster roster = new Roster(List.of(Contact.parse("http://node1:3000")));

  @Test
  void configured_nodes_are_there_from_the_start() {
    assertThat(roster.nodes()).containsExactly(new Node(FIRST, NodeState.UP, null));
  }

  @Test
  void the_table_adds_nodes_and_tells_what_they_offer() {
    roster.tabled(table(row("b", SECOND_NODE, NodeState.UP, "Encrypt")), 0);

    assertThat(addresses()).containsExactly(FIRST, SECOND_NODE);
    assertThat(roster.nodes().get(1).mayOffer("Encrypt")).isTrue();
    assertThat(roster.nodes().get(1).mayOffer("Thumbnail")).isFalse();
    assertThat(roster.nodes().get(0).mayOffer("Thumbnail")).isTrue();
  }

  @Test
  void learned_nodes_go_when_they_are_dead_or_left() {
    roster.tabled(table(row("b", SECOND_NODE, NodeState.UP)), 0);
    roster.tabled(table(row("b", SECOND_NODE, NodeState.DEAD)), SECOND);
    assertThat(addresses()).containsExactly(FIRST);

    roster.tabled(table(row("b", SECOND_NODE, NodeState.UP)), 2 * SECOND);
    roster.tabled(table(row("b", SECOND_NODE, NodeState.LEFT)), 3 * SECOND);
    assertThat(addresses()).containsExactly(FIRST);
  }

  @Test
  void configured_nodes_stay_as_first_contacts_even_when_dead() {
    roster.tabled(table(row("a", FIRST, NodeState.DEAD)), 0);

    assertThat(roster.nodes()).extracting(Node::state).containsExactly(NodeState.DEAD);
  }

  @Test
  void a_node_that_tables_no_longer_name_stays_for_a_while() {
    roster.tabled(table(row("b", SECOND_NODE, NodeState.UP)), 0);
    roster.tabled(table(), 5 * SECOND);
    assertThat(addresses()).containsExactly(FIRST, SECOND_NODE);
    roster.tabled(table(), 11 * SECOND);
    assertThat(addresses()).containsExactly(FIRST);
  }

  @Test
  void two_addresses_of_one_node_count_once_when_its_id_is_known() {
    HostPort other = HostPort.parse("10.0.0.1:3000");
    roster.tabled(table(row("a", other, NodeState.UP, "Encrypt")), 0);
    assertThat(addresses()).containsExactly(FIRST, other);

    assertThat(roster.answered(FIRST, "a")).isTrue();
    assertThat(roster.answered(FIRST, "a")).isFalse();

    assertThat(addresses()).containsExactly(FIRST);
    assertThat(roster.nodes().get(0).mayOffer("Thumbnail")).isFalse();
  }

  @Test
  void a_new_node_at_an_old_address_is_not_taken_for_the_old_one() {
    roster.tabled(table(row("old", SECOND_NODE, NodeState.UP)), 0);
    roster.answered(FIRST, "old");
    assertThat(addresses()).containsExactly(FIRST);

    roster.answered(FIRST, "new");

    assertThat(addresses()).containsExactly(FIRST, SECOND_NODE);
  }

  @Test
  void a_name_stands_for_its_addresses_of_the_moment() {
    Roster named = new Roster(List.of(Contact.parse("dns://nodes:3000")));
    assertThat(named.names()).containsExactly(NAME);
    assertThat(named.nodes()).isEmpty();

    named.resolved(NAME, List.of(HostPort.parse("10.0.0.1:3000"), SECOND_NODE));
    assertThat(named.nodes()).hasSize(2);
    named.resolved(NAME, List.of(SECOND_NODE));

    assertThat(named.nodes()).extracting(Node::address).containsExactly(SECOND_NODE);
  }

  private List<HostPort> addresses() {
    return roster.nodes().stream().map(Node::address).toList();
  }

  private static Map<HostPort, NodeRecord> table(NodeRecord... rows) {
    Map<HostPort, NodeRecord> table = new LinkedHashMap<>();
    Arrays.stream(rows).forEach(row -> table.put(HostPort.parse(row.address()), row));
    return table;
  }

  private static NodeRecord row(String id, HostPort address, NodeState state, String... services) {
    return new NodeRecord(id, address.toString(), state, "", List.of(services), 0);
  }
}
