package io.distri.protocol;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.NumberItem;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.TokenItem;
import org.jspecify.annotations.Nullable;

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
      Map<String, ? extends ListElement<?>> entries = Parser.parseDictionary(header).get();
      Map<WorkClass, Work> work = new EnumMap<>(WorkClass.class);
      for (WorkClass workClass : WorkClass.values()) {
        if (entries.get(workClass.key()) instanceof InnerList list) {
          work.put(workClass, work(list.get()));
        }
      }
      return Optional.of(
          new LoadReport(
              integer(entries.get("seq")),
              state(entries.get("state")),
              Math.toIntExact(integer(entries.get("rif"))),
              work));
    } catch (IllegalArgumentException | ArithmeticException malformed) {
      return Optional.empty();
    }
  }

  private static Work work(List<? extends ListElement<?>> numbers) {
    if (numbers.size() != 4) {
      throw new IllegalArgumentException("a class of work has 4 numbers");
    }
    return new Work(
        decimal(numbers.get(0)),
        Math.toIntExact(integer(numbers.get(1))),
        Math.toIntExact(integer(numbers.get(2))),
        decimal(numbers.get(3)));
  }

  private static NodeState state(@Nullable ListElement<?> element) {
    if (element instanceof TokenItem token) {
      return NodeState.ofKey(token.get());
    }
    throw new IllegalArgumentException("state is a token");
  }

  private static long integer(@Nullable ListElement<?> element) {
    if (element instanceof NumberItem<?> number && number.getDivisor() == 1) {
      return number.getAsLong();
    }
    throw new IllegalArgumentException("an integer is missing");
  }

  private static double decimal(@Nullable ListElement<?> element) {
    if (element instanceof NumberItem<?> number) {
      return (double) number.getAsLong() / number.getDivisor();
    }
    throw new IllegalArgumentException("a number is missing");
  }

  /** A number with one decimal, rounded, which is as much as a load needs. */
  private static String decimal(double value) {
    long tenths = Math.round(Math.min(Math.max(value, 0), LARGEST) * 10);
    return tenths / 10 + "." + tenths % 10;
  }
}
