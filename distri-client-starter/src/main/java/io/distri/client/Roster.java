package io.distri.client;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeRecord;
import io.distri.protocol.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The nodes, put together from what was configured, what names resolved to, what the node table
 * tells, and which id answered at which address. First contacts always stay; the table adds nodes
 * and takes them away again. Not safe for threads.
 */
final class Roster {

  /**
   * How long a node stays that tables no longer name: a single node with a young table must not
   * make the others disappear. A few times the refresh.
   */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Set<HostPort> fixed = new LinkedHashSet<>();
  private final Map<HostPort, List<HostPort>> resolved = new LinkedHashMap<>();
  private final Map<HostPort, String> ids = new HashMap<>();
  private final Map<HostPort, Row> table = new LinkedHashMap<>();

  private record Row(NodeRecord node, long seenAtNanos) {}

  Roster(Collection<Contact> contacts) {
    for (Contact contact : contacts) {
      if (contact.everyAddress()) {
        resolved.put(contact.address(), List.of());
      } else {
        fixed.add(contact.address());
      }
    }
  }

  /** The names with a node behind each of their addresses. */
  List<HostPort> names() {
    return List.copyOf(resolved.keySet());
  }

  /** A name's addresses are these now. */
  void resolved(HostPort name, List<HostPort> addresses) {
    resolved.put(name, List.copyOf(addresses));
  }

  /**
   * The node at an address answered with its id.
   *
   * @return whether that is news
   */
  boolean answered(HostPort address, String id) {
    return !id.equals(ids.put(address, id));
  }

  /** A node's table. */
  void tabled(Map<HostPort, NodeRecord> rows, long nowNanos) {
    rows.forEach((address, node) -> table.put(address, new Row(node, nowNanos)));
    table.values().removeIf(row -> nowNanos - row.seenAtNanos > GRACE.toNanos());
  }

  /** Every node once, first contacts first. */
  List<Node> nodes() {
    Set<HostPort> contacts = new LinkedHashSet<>(fixed);
    resolved.values().forEach(contacts::addAll);
    List<Node> nodes = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (HostPort address : contacts) {
      if (isFirst(address, named)) {
        nodes.add(node(address, row(address)));
      }
    }
    table.forEach((address, row) -> {
      NodeState state = row.node.state();
      boolean gone = state == NodeState.DEAD || state == NodeState.LEFT;
      if (!gone && !contacts.contains(address) && isFirst(address, named)) {
        nodes.add(node(address, row.node));
      }
    });
    ids.keySet().removeIf(address -> !contacts.contains(address) && !table.containsKey(address));
    return List.copyOf(nodes);
  }

  /** Whether no other address of the same node came before. */
  private boolean isFirst(HostPort address, Set<String> named) {
    String id = ids.get(address);
    if (id == null) {
      id = Optional.ofNullable(table.get(address)).map(row -> row.node.id()).orElse("");
    }
    return id.isEmpty() || named.add(id);
  }

  /** What the table says of the node at an address, under whatever address it knows it. */
  private @Nullable NodeRecord row(HostPort address) {
    Row row = table.get(address);
    String id = ids.get(address);
    if (id == null || (row != null && row.node.id().equals(id))) {
      return row == null ? null : row.node;
    }
    return table.values().stream()
        .map(Row::node)
        .filter(node -> node.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  private static Node node(HostPort address, @Nullable NodeRecord row) {
    return row == null
        ? new Node(address, NodeState.UP, null)
        : new Node(address, row.state(), Set.copyOf(row.services()));
  }
}
