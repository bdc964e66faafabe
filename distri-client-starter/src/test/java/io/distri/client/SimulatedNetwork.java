package io.distri.client;

import io.distri.protocol.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Carries what nodes and clients say: each way in 0.2 to 1 ms, unless the network is a bad one. */
final class SimulatedNetwork {

  private static final double FASTEST_MS = 0.2;
  private static final double SLOWEST_MS = 1;

  /** What a late answer is late by, at most. */
  private static final double LATE_MS = 50;

  /**
   * How bad it is.
   *
   * @param lost share of the answers that come without their report, and of probes that don't come
   * @param late share of the answers that are up to 50 ms late, so that others overtake them
   */
  record Quality(double lost, double late) {
    static final Quality GOOD = new Quality(0, 0);
  }

  private final EventQueue events;
  private final Quality quality;
  private final Random random;

  SimulatedNetwork(EventQueue events, Quality quality, Random random) {
    this.events = events;
    this.quality = quality;
    this.random = random;
  }

  void toNode(Runnable arrival) {
    events.after(delayNanos(), arrival);
  }

  void toClient(Consumer<Reply> caller, Reply reply) {
    boolean bare = random.nextDouble() < quality.lost;
    double late = random.nextDouble() < quality.late ? random.nextDouble() * LATE_MS : 0;
    Reply delivered = bare ? withoutReport(reply) : reply;
    events.after(delayNanos() + nanos(late), () -> caller.accept(delivered));
  }

  private long delayNanos() {
    return nanos(FASTEST_MS + random.nextDouble() * (SLOWEST_MS - FASTEST_MS));
  }

  private static Reply withoutReport(Reply reply) {
    if (reply instanceof Reply.Answer answer) {
      Map<String, List<String>> headers = new HashMap<>(answer.headers());
      headers.remove(Headers.LOAD);
      return new Reply.Answer(answer.status(), headers, answer.body());
    }
    return reply;
  }

  static long nanos(double ms) {
    return (long) (ms * 1e6);
  }
}
