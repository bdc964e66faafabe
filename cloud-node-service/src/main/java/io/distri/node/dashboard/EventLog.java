package io.distri.node.dashboard;

import io.distri.node.dashboard.Picture.Event;
import io.distri.protocol.NodeRecord;
import io.distri.protocol.NodeState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes events of how the node table changes from one look to the next. For one thread. */
final class EventLog {
  private static final int KEPT = 50;

  private final Deque<Event> events = new ArrayDeque<>();
  private final Map<String, NodeRecord> before = new HashMap<>();
  private boolean looked;

  /** Looks at the table of now. */
  void look(List<NodeRecord> table, long at) {
    for (NodeRecord node : table) {
      NodeRecord last = before.put(node.id(), node);
      // Who is there at the first look did not come just now.
      if (looked && (last == null || last.state() != node.state())) {
        boolean good = node.state() == NodeState.UP || node.state() == NodeState.JOINING;
        add(new Event(at, node.address(), words(last, node.state()), good));
      }
    }
    before
        .values()
        .removeIf(known -> {
          boolean gone = table.stream().noneMatch(node -> node.id().equals(known.id()));
          if (gone) {
            add(new Event(at, known.address(), "is no member any more", false));
          }
          return gone;
        });
    looked = true;
  }

  /** This node began to play so many faults. */
  void played(long faults, String address, long at) {
    if (faults > 0) {
      add(new Event(at, address, "plays a fault", false));
    }
  }

  private void add(Event event) {
    events.addLast(event);
    if (events.size() > KEPT) {
      events.removeFirst();
    }
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  private static String words(@Nullable NodeRecord last, NodeState state) {
    return switch (state) {
      case JOINING -> last == null ? "joins" : "joins again";
      case UP -> last == null || last.state() == NodeState.JOINING ? "joined" : "came back";
      case SUSPECT -> "does not answer";
      case DEAD -> "is taken for dead";
      case RESTARTING -> "restarts";
      case LEFT -> "left";
    };
  }
}
