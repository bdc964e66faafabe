package io.distri.cli.loadtest;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A service whose first call takes a while and whose others take no time, or one that is broken.
 */
final class StallingWorkload implements Workload {

  private final Duration stall;
  private final boolean works;
  private final AtomicInteger rounds = new AtomicInteger();

  private StallingWorkload(Duration stall, boolean works) {
    this.stall = stall;
    this.works = works;
  }

  static StallingWorkload once(Duration stall) {
    return new StallingWorkload(stall, true);
  }

  /** Each call takes a millisecond and fails. */
  static StallingWorkload broken() {
    return new StallingWorkload(Duration.ofMillis(1), false);
  }

  int rounds() {
    return rounds.get();
  }

  @Override
  public int callsPerRound() {
    return 1;
  }

  @Override
  public void round(long due, Caller caller) {
    boolean first = rounds.getAndIncrement() == 0;
    caller.make(due, deadline -> works ? !first || isOver(stall) : !isOver(stall));
  }

  private static boolean isOver(Duration time) {
    try {
      return !new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      return false;
    }
  }

  @Override
  public CellResult.@Nullable Entries entries() {
    return null;
  }

  @Override
  public void close() {
    // It leaves nothing.
  }
}
