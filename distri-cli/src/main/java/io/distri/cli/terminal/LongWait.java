package io.distri.cli.terminal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A wait that lasts for as long as there is progress: a busy machine gets the time that it needs.
 *
 * @param out is told from time to time what the wait is for
 * @param withoutProgress after so long without progress the wait ends
 * @param sayEvery how long it is silent
 */
public record LongWait(Consumer<String> out, Duration withoutProgress, Duration sayEvery) {

  /** What grows for so long gets nowhere. */
  private static final Duration LONGEST = Duration.ofMinutes(20);

  private static final Duration POLL = Duration.ofMillis(50);

  /** A wait that ends after a minute without progress, and speaks every ten seconds. */
  public LongWait(Consumer<String> out) {
    this(out, Duration.ofMinutes(1), Duration.ofSeconds(10));
  }

  /**
   * Waits until a level reaches a goal.
   *
   * @param what it waits for, as in {@code node 127.0.0.1:3000 to serve}
   * @param level how far it has come; progress is when it grows
   * @return false where the wait ended before
   */
  public boolean until(String what, LongSupplier level, long goal) {
    long begun = System.nanoTime();
    long said = begun;
    long grown = begun;
    long reached = level.getAsLong();
    while (reached < goal) {
      pause();
      long now = System.nanoTime();
      if (now - grown > withoutProgress.toNanos() || now - begun > LONGEST.toNanos()) {
        return false;
      }
      if (now - said > sayEvery.toNanos()) {
        out.accept("Waiting for %s: %s s".formatted(what, (now - begun) / 1_000_000_000));
        said = now;
      }
      long next = level.getAsLong();
      if (next > reached) {
        reached = next;
        grown = now;
      }
    }
    return true;
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted.", e);
    }
  }
}
