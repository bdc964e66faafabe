package io.distri.node.admission;

import java.time.Duration;

/**
 * Tells a caller who sends or reads too slowly: after a grace, a call has to have moved as many
 * bytes as the least rate makes of its time. Only the time counts in which the node waited for the
 * caller. For one thread.
 */
public final class Slowness {
  /** For a caller whose network stumbles. */
  private static final long GRACE_NANOS = Duration.ofSeconds(10).toNanos();

  /** A modem moves four times as many. */
  private static final long LEAST_BYTES_PER_SECOND = 1024;

  private long waitedNanos;
  private long bytes;

  /** The node waited so long for the caller to move so many bytes. */
  public void moved(long nanos, long count) {
    waitedNanos += nanos;
    bytes += count;
  }

  /** Whether the caller was slower so far than the node waits for. */
  public boolean isTooMuch() {
    return waitedNanos > GRACE_NANOS
        && bytes < (waitedNanos - GRACE_NANOS) / 1e9 * LEAST_BYTES_PER_SECOND;
  }
}
