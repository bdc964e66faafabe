package io.distri.client;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a simulated node, and when.
 *
 * @param node its number
 * @param fromMs from the start of the simulation
 */
record Fault(Kind kind, int node, double fromMs, double untilMs) {

  /** Past the end of every simulation. */
  static final double FOREVER_MS = 1e7;

  enum Kind {
    /** Answers 503 in 1 ms, with the report of an idle node. */
    SINKHOLE,
    /** Answers 30 % of the calls with 500, after the usual time. */
    ERRORS,
    /** Does nothing, and then goes on as if nothing had been: a pause, or a hang if it is long. */
    PAUSE,
    /** Drops what it holds; connections are refused until it is started anew. */
    DOWN,
    /** Takes calls and breaks the connection after 1 ms. */
    DROPS
  }

  static Fault always(Kind kind, int node) {
    return new Fault(kind, node, 0, FOREVER_MS);
  }

  /** The same on the first nodes. */
  static List<Fault> ofFirst(int nodes, Kind kind, double fromMs, double untilMs) {
    List<Fault> faults = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      faults.add(new Fault(kind, node, fromMs, untilMs));
    }
    return List.copyOf(faults);
  }

  /** A node that pauses for 500 ms every 3 s. */
  static List<Fault> pauses(int node, double untilMs) {
    List<Fault> faults = new ArrayList<>();
    for (double from = 2000; from < untilMs; from += 3000) {
      faults.add(new Fault(Kind.PAUSE, node, from, from + 500));
    }
    return List.copyOf(faults);
  }
}
