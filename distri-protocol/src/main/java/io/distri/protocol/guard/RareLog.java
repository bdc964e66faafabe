package io.distri.protocol.guard;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets one line about a subject through in a period, and {@value #MOST} lines in all, so that
 * nobody fills the log from outside, from however many addresses. Safe for use by many threads.
 */
public final class RareLog {
  /** Lines a period: 100 a minute are 20 MB a day. */
  static final int MOST = 100;

  private final long periodNanos;

  /** When there was a line about each subject, the oldest first. */
  private final Map<String, Long> last = new LinkedHashMap<>();

  public RareLog(Duration period) {
    this.periodNanos = period.toNanos();
  }

  /** One line a minute about a subject. */
  public static RareLog everyMinute() {
    return new RareLog(Duration.ofMinutes(1));
  }

  /**
   * Whether a line is due.
   *
   * @param subject what the line is about: the source of what happened, and its kind
   */
  public synchronized boolean mayLog(String subject) {
    long now = System.nanoTime();
    last.values().removeIf(before -> now - before >= periodNanos);
    return last.size() < MOST && last.putIfAbsent(subject, now) == null;
  }
}
