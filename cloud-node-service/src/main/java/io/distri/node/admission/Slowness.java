package io.distri.node.admission;

import java.time.Duration;

/**
 * Tells a caller who sends or reads too slowly: after a grace, he has to have moved as many bytes
 * as the least rate makes of its time. Only the time counts in which the node waited for the
 * caller. For one thread.
 */
public final class Slowness {
  /** For a caller whose network stumbles. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** A modem moves four times as many. */
  private static final long LEAST_BYTES_PER_SECOND = 1024;

  private final long graceNanos;
  private final long leastBytesPerSecond;
  private long waitedNanos;
  private long bytes;

  /** As slow as the caller of a service may be. */
  public Slowness() {
    this(GRACE, LEAST_BYTES_PER_SECOND);
  }

  /**
   * @param grace how long the node may wait beside what the rate allows
   */
  public Slowness(Duration grace, long leastBytesPerSecond) {
    this.graceNanos = grace.toNanos();
    this.leastBytesPerSecond = leastBytesPerSecond;
  }

  /** The node waited so long for the caller to move so many bytes. */
  public void moved(long nanos, long count) {
    waitedNanos += nanos;
    bytes += count;
  }

  /** Whether the caller was slower so far than the node waits for. */
  public boolean isTooMuch() {
    return waitedNanos > graceNanos + bytes * 1e9 / leastBytesPerSecond;
  }
}
