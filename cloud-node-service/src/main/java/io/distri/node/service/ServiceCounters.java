package io.distri.node.service;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What a node counts of its calls since it started. Safe for use by many threads. */
public final class ServiceCounters {
  private final LongAdder received = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder completed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder serverFails = new LongAdder();
  private final LongAdder taskNanos = new LongAdder();

  void received() {
    received.increment();
  }

  void accepted() {
    accepted.increment();
  }

  void completed(Duration time) {
    completed.increment();
    taskNanos.add(time.toNanos());
  }

  void failed() {
    failed.increment();
  }

  /** The node begins to play a fault. */
  public void serverFailed() {
    serverFails.increment();
  }

  /**
   * The counts at a moment.
   *
   * @param serverFails faults that the node played
   * @param taskTime sum over the completed calls, arrival to completion
   */
  public record Counts(
      long received,
      long accepted,
      long completed,
      long failed,
      long serverFails,
      Duration taskTime) {}

  public Counts counts() {
    return new Counts(
        received.sum(),
        accepted.sum(),
        completed.sum(),
        failed.sum(),
        serverFails.sum(),
        Duration.ofNanos(taskNanos.sum()));
  }
}
