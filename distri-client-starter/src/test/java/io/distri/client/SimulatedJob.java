package io.distri.client;

import java.util.function.Consumer;

/** One try of a call as a simulated node holds it. */
final class SimulatedJob {

  private final double work;
  private final long arrivedAtNanos;
  private final long expiresAtNanos;
  private final Consumer<Reply> caller;
  private final int heldOnArrival;
  private long endsAtNanos;

  /**
   * @param work in mean service times
   * @param expiresAtNanos when nobody waits for it any more
   */
  SimulatedJob(
      double work,
      long arrivedAtNanos,
      long expiresAtNanos,
      int heldOnArrival,
      Consumer<Reply> caller) {
    this.work = work;
    this.arrivedAtNanos = arrivedAtNanos;
    this.expiresAtNanos = expiresAtNanos;
    this.heldOnArrival = heldOnArrival;
    this.caller = caller;
  }

  double work() {
    return work;
  }

  long arrivedAtNanos() {
    return arrivedAtNanos;
  }

  long expiresAtNanos() {
    return expiresAtNanos;
  }

  int heldOnArrival() {
    return heldOnArrival;
  }

  Consumer<Reply> caller() {
    return caller;
  }

  long endsAtNanos() {
    return endsAtNanos;
  }

  /** It runs, or was held up, until then. */
  void endsAt(long nanos) {
    endsAtNanos = nanos;
  }
}
