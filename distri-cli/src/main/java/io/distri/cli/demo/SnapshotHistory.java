package io.distri.cli.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last minutes, for pages that come late, and where all pages wait for the next second. */
final class SnapshotHistory {

  /** As many seconds as the charts show. */
  static final int KEPT = 180;

  /** A snapshot with its number. */
  record Numbered(long number, Snapshot snapshot) {}

  private final Deque<Numbered> kept = new ArrayDeque<>();
  private long next;

  /** Adds the newest and wakes who waits for it. */
  synchronized void add(Snapshot snapshot) {
    kept.addLast(new Numbered(next++, snapshot));
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
    notifyAll();
  }

  /**
   * Those that are kept and have at least this number. Blocks until there is one, or the time is
   * over and there is none.
   */
  synchronized List<Numbered> from(long number, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (next <= number) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return List.of();
      }
      wait(left);
    }
    return kept.stream().filter(snapshot -> snapshot.number() >= number).toList();
  }
}
