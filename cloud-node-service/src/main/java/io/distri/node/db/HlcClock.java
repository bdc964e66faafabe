package io.distri.node.db;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The hybrid logical clock of a node: its timestamps grow, follow the physical clock, and are above
 * every timestamp that was observed.
 *
 * <p>It neither follows a remote clock nor stamps writes while it is more than {@link #MAX_LEAD}
 * ahead of the physical one: a single clock that is wrong by an hour would otherwise drag every
 * node's timestamps with it, and win every conflict for that hour. Thread-safe; never waits.
 */
public final class HlcClock {
  /**
   * How far timestamps may run ahead of the physical clock: well above the skew of nodes that keep
   * time (a few ms), well below what a user would notice in the order of two writes.
   */
  public static final Duration MAX_LEAD = Duration.ofMillis(500);

  private final LongSupplier epochMillis;
  private long last;

  /**
   * A clock that has given no timestamp yet.
   *
   * @param epochMillis the physical clock, ms since 1970; may jump
   */
  public HlcClock(LongSupplier epochMillis) {
    this.epochMillis = epochMillis;
  }

  /** What asking the clock comes to. */
  public sealed interface Reading {}

  /**
   * A timestamp: the one asked for, or where the clock stands after observing one.
   *
   * @param hlc see {@link Hlc}
   */
  public record Stamp(long hlc) implements Reading {}

  /**
   * Too far ahead of the physical clock; nothing was changed.
   *
   * @param lead by how much
   */
  public record Ahead(Duration lead) implements Reading {}

  /** A timestamp for a write: above all given and observed before. */
  public synchronized Reading tick() {
    long now = epochMillis.getAsLong();
    Duration lead = lead(last, now);
    if (lead.compareTo(MAX_LEAD) > 0) {
      return new Ahead(lead);
    }
    last = Math.max(last + 1, Hlc.of(now));
    return new Stamp(last);
  }

  /** Takes note of another node's timestamp. */
  public synchronized Reading observe(long remote) {
    Duration lead = lead(remote, epochMillis.getAsLong());
    if (lead.compareTo(MAX_LEAD) > 0) {
      return new Ahead(lead);
    }
    last = Math.max(last, remote);
    return new Stamp(last);
  }

  /**
   * Goes on above a timestamp of an earlier start, however far ahead it is: what was written under
   * it must not be taken for newer than what comes now.
   */
  synchronized void resume(long lastOfEarlierStart) {
    last = Math.max(last, lastOfEarlierStart);
  }

  /** The highest timestamp given or observed; 0 before the first. */
  public synchronized long last() {
    return last;
  }

  private static Duration lead(long hlc, long nowEpochMillis) {
    return Duration.ofMillis(Hlc.epochMillis(hlc) - nowEpochMillis);
  }
}
