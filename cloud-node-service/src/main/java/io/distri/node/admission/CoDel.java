package io.distri.node.admission;

import java.time.Duration;

/**
 * Says when a queue has stood for too long, and which of its calls to refuse then: CoDel (RFC 8289,
 * 5). A queue that empties now and then absorbs a burst and is left alone; one in which every call
 * of an interval waited for longer than the target only delays all, and sheds calls, ever faster,
 * until the wait is short again. Safe for use by many threads.
 */
final class CoDel {

  /** A wait that is no standing queue, RFC 8289, 4.4. */
  private static final long TARGET_NANOS = Duration.ofMillis(5).toNanos();

  /** The time in which a burst must have drained, RFC 8289, 4.3. */
  private static final long INTERVAL_NANOS = Duration.ofMillis(100).toNanos();

  /** After a pause of so many intervals, shedding begins slowly again. */
  private static final int FORGET_AFTER_INTERVALS = 16;

  private boolean above;
  private long aboveSinceNanos;
  private boolean shedding;
  private long nextAtNanos;
  private int count;
  private int lastCount;

  /**
   * A call leaves the queue.
   *
   * @param waitedNanos how long it was in it
   * @return whether it is to be refused instead of run
   */
  synchronized boolean sheds(long waitedNanos, long nowNanos) {
    boolean standing = standing(waitedNanos, nowNanos);
    if (!shedding) {
      if (standing) {
        begin(nowNanos);
      }
      return standing;
    }
    if (!standing) {
      shedding = false;
      return false;
    }
    if (nowNanos - nextAtNanos < 0) {
      return false;
    }
    count++;
    nextAtNanos += gapNanos();
    return true;
  }

  /** Whether all calls of the last interval waited for longer than the target. */
  private boolean standing(long waitedNanos, long nowNanos) {
    if (waitedNanos < TARGET_NANOS) {
      above = false;
      return false;
    }
    if (!above) {
      above = true;
      aboveSinceNanos = nowNanos;
      return false;
    }
    return nowNanos - aboveSinceNanos >= INTERVAL_NANOS;
  }

  private void begin(long nowNanos) {
    boolean again =
        lastCount > 0 && nowNanos - nextAtNanos < FORGET_AFTER_INTERVALS * INTERVAL_NANOS;
    int added = count - lastCount;
    count = again && added > 1 ? added : 1;
    lastCount = count;
    shedding = true;
    nextAtNanos = nowNanos + gapNanos();
  }

  private long gapNanos() {
    return (long) (INTERVAL_NANOS / Math.sqrt(count));
  }
}
