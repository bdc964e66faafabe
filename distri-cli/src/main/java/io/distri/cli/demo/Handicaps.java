package io.distri.cli.demo;

import io.distri.cli.local.NodeEndpoint;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What runs against nodes that run. Safe for use by many threads. */
final class Handicaps {

  /** Something that a node plays until told otherwise. */
  enum Handicap {
    SLOW("slow&factor=16"),
    CUT_OFF("cut-off");

    private static final String FOR_LONG = "&duration=1d";

    private final String fault;

    Handicap(String fault) {
      this.fault = fault + FOR_LONG;
    }
  }

  private final List<NodeEndpoint> nodes;
  private final List<Set<Handicap>> played;

  Handicaps(List<NodeEndpoint> nodes) {
    this.nodes = nodes;
    this.played = Stream.generate(() -> noHandicap()).limit(nodes.size()).toList();
  }

  private static Set<Handicap> noHandicap() {
    return EnumSet.noneOf(Handicap.class);
  }

  synchronized boolean has(int node, Handicap handicap) {
    return played.get(node).contains(handicap);
  }

  /** The node's process is another one now. */
  synchronized void forget(int node) {
    played.get(node).clear();
  }

  /**
   * Begins or ends one. Blocks until the node has heard of it.
   *
   * @return false where it is so already, or the node does not answer
   */
  synchronized boolean set(int node, Handicap handicap, boolean on) {
    Set<Handicap> wanted = noHandicap();
    wanted.addAll(played.get(node));
    if (!(on ? wanted.add(handicap) : wanted.remove(handicap))) {
      return false;
    }
    try {
      // A node can be told to end all that it plays, not one thing of it.
      if (!on) {
        nodes.get(node).play("none");
      }
      for (Handicap each : wanted) {
        nodes.get(node).play(each.fault);
      }
    } catch (IOException justKilled) {
      return false;
    }
    played.get(node).clear();
    played.get(node).addAll(wanted);
    return true;
  }
}
