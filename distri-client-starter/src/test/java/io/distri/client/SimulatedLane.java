package io.distri.client;

import io.distri.protocol.LoadReport;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A simulated node's permits and queue, by the rules of {@code io.distri.node.admission.Lane} in
 * the node: its constants and its formulas for the queue bound, the mean service time and the
 * expected wait.
 */
final class SimulatedLane {

  private static final double QUEUE_MS = 1000;
  private static final int SHORTEST_QUEUE = 4;
  private static final int LONGEST_QUEUE = 1024;
  private static final int REMEMBERED = 33;
  private static final double LONGEST = 10;

  /** What {@code AdmissionControl} takes a sealing to cost before one was measured. */
  private static final double GUESS_MS = 3;

  private final int permits;
  private final Deque<SimulatedJob> waiting = new ArrayDeque<>();
  private int running;
  private double serviceMs = GUESS_MS;
  private int measured;

  SimulatedLane(int permits) {
    this.permits = permits;
  }

  int held() {
    return running + waiting.size();
  }

  boolean isFull() {
    return held() >= permits + queueBound();
  }

  boolean hasPermit() {
    return running < permits;
  }

  double expectedWaitMs() {
    return (double) Math.max(0, held() - permits) / permits * serviceMs;
  }

  void queue(SimulatedJob job) {
    waiting.add(job);
  }

  void run() {
    running++;
  }

  /**
   * A job that ran has ended.
   *
   * @param ms that it took
   */
  void leave(double ms, boolean well) {
    running--;
    if (well) {
      measured = Math.min(measured + 1, REMEMBERED - 1);
      serviceMs += (Math.min(ms, LONGEST * serviceMs) - serviceMs) / (measured + 1);
    }
  }

  /** The next job that somebody still waits for takes the free permit; null where there is none. */
  SimulatedJob next(long nowNanos) {
    SimulatedJob job = waiting.poll();
    while (job != null && job.expiresAtNanos() <= nowNanos) {
      job = waiting.poll();
    }
    return job;
  }

  LoadReport.Work report() {
    return new LoadReport.Work(held() * serviceMs, permits, queueBound(), serviceMs);
  }

  private int queueBound() {
    double drained = QUEUE_MS * permits / Math.max(serviceMs, 0.001);
    return (int) Math.min(Math.max(drained, SHORTEST_QUEUE), LONGEST_QUEUE);
  }
}
