package io.distri.node.security;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets one line per source through in a period, so that nobody fills the log from outside. Safe for
 * use by many threads.
 */
public final class RareLog {
  /** Sources remembered; the oldest is forgotten first. */
  private static final int SOURCES = 1000;

  private final long periodNanos;
  private final Map<String, Long> last = new LinkedHashMap<>();

  public RareLog(Duration period) {
    this.periodNanos = period.toNanos();
  }

  /** Whether a line about this source is due. */
  public synchronized boolean mayLog(String source) {
    long now = System.nanoTime();
    Long before = last.get(source);
    if (before != null && now - before < periodNanos) {
      return false;
    }
    last.remove(source);
    last.put(source, now);
    if (last.size() > SOURCES) {
      last.remove(last.keySet().iterator().next());
    }
    return true;
  }
}
