package io.distri.protocol;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a node says of its load with every response: the value of the {@code Distri-Load} header, an
 * RFC 9651 dictionary such as {@code seq=1712, state=up, rif=3, encrypt=(12.5 2 64 3.1)}.
 *
 * @param seq grows with every report of a node, over restarts too: it starts at the boot time in
 *     microseconds since {@link #SEQ_EPOCH}, which keeps it within the 15 digits of an RFC 9651
 *     integer until 2057
 * @param state the node's own view of its state
 * @param inFlight requests that the node holds, running or queued
 * @param work the load by class of work; classes that the node does not offer are absent
 */
public record LoadReport(long seq, NodeState state, int inFlight, Map<WorkClass, Work> work) {

  /** Where {@code seq} counts from. */
  public static final Instant SEQ_EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  /** RFC 9651 allows 12 digits before the point; no load is near it. */
  private static final double LARGEST = 1e9;

  /**
   * The load in one class of work.
   *
   * @param backlogMs sum of the mean service times of all calls held, running or queued, in
   *     milliseconds
   * @param permits how many calls run at once
   * @param queueBound how many calls may wait
   * @param serviceMs mean time that a call takes once it runs, in milliseconds
   */
  public record Work(double backlogMs, int permits, int queueBound, double serviceMs) {}

  public LoadReport {
    work = Map.copyOf(work);
  }

  /** The header's value. */
  public String format() {
    StringBuilder text = new StringBuilder(96);
    text.append("seq=").append(seq);
    text.append(", state=").append(state.key());
    text.append(", rif=").append(inFlight);
    for (WorkClass workClass : WorkClass.values()) {
      Work w = work.get(workClass);
      if (w != null) {
        text.append(", ").append(workClass.key()).append("=(");
        text.append(decimal(w.backlogMs)).append(' ').append(w.permits).append(' ');
        text.append(w.queueBound).append(' ').append(decimal(w.serviceMs)).append(')');
      }
    }
    return text.toString();
  }

  /**
   * Reads a header; empty where it is none of ours: a report is advice, so a broken one is ignored.
   */
  public static Optional<LoadReport> parse(String header) {
    try {
      return Optional.of(new LoadReportReader(header).read());
    } catch (IllegalArgumentException | ArithmeticException malformed) {
      return Optional.empty();
    }
  }

  /** A number with one decimal, rounded, which is as much as a load needs. */
  private static String decimal(double value) {
    long tenths = Math.round(Math.min(Math.max(value, 0), LARGEST) * 10);
    return tenths / 10 + "." + tenths % 10;
  }
}
