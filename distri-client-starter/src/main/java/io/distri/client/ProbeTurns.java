package io.distri.client;

import io.distri.protocol.HostPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * Decides which nodes a call has probed: at most a few, those whose last report is old, each by one
 * probe at a time; one that stays silent is asked less and less often. Safe for many threads.
 */
final class ProbeTurns {

  /** The longest pause between probes of a node that stays silent: it may be back any time. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private static final int MOST_DOUBLINGS = 10;

  private final DistriClientSettings.Election settings;
  private final NodeHealth health;
  private final ConcurrentMap<HostPort, Turn> turns = new ConcurrentHashMap<>();

  /** When it is a node's turn; guarded by itself. */
  private static final class Turn {
    boolean running;
    boolean started;
    long dueAtNanos;
    int silences;
  }

  ProbeTurns(DistriClientSettings.Election settings, NodeHealth health) {
    this.settings = settings;
    this.health = health;
  }

  /**
   * The nodes to probe now; the turn of each must {@link #end}.
   *
   * @param nodes all there are; what is remembered of others is forgotten
   */
  List<HostPort> take(List<Node> nodes, long nowNanos) {
    if (turns.size() > nodes.size()) {
      turns.keySet().retainAll(nodes.stream().map(Node::address).collect(Collectors.toSet()));
    }
    List<HostPort> taken = new ArrayList<>(settings.probesPerCall());
    for (Node node : nodes) {
      if (taken.size() == settings.probesPerCall()) {
        break;
      }
      if (take(node.address(), nowNanos)) {
        taken.add(node.address());
      }
    }
    return taken;
  }

  private boolean take(HostPort address, long nowNanos) {
    Turn turn = turns.computeIfAbsent(address, key -> new Turn());
    synchronized (turn) {
      if (turn.running
          || (turn.started && nowNanos - turn.dueAtNanos < 0 && !health.mayBeBack(address))
          || !health.needsProbe(address, settings.reportMaxAge(), nowNanos)) {
        return false;
      }
      turn.running = true;
      turn.started = true;
      return true;
    }
  }

  /** A probe came back, or was given up. */
  void end(HostPort address, boolean answered, long nowNanos) {
    Turn turn = turns.computeIfAbsent(address, key -> new Turn());
    synchronized (turn) {
      turn.running = false;
      turn.silences = answered ? 0 : Math.min(turn.silences + 1, MOST_DOUBLINGS);
      long pause = settings.reportMaxAge().toNanos() << turn.silences;
      turn.dueAtNanos = nowNanos + Math.min(pause, LONGEST_PAUSE.toNanos());
    }
  }
}
