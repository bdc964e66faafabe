package io.distri.cli.loadtest;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Clients that all begin at one moment and start their next task when their last one has ended: the
 * original's test. Nodes that slow down are called less often for it, so that times say little of
 * what callers with a will of their own would have met; {@link OpenLoop} measures that.
 *
 * @param tasks that each client does
 */
public record ClosedLoop(int tasks) implements Load {

  /** The original's clients had this patience: their mean went up to 142 s. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  @Override
  public long rounds(int clients, int callsPerRound) {
    return (long) clients * tasks;
  }

  /** Gives up what is left once nodes are down: {@link Caller#isHopeless}. */
  @Override
  public void run(int clients, Workload workload, Caller caller, Runnable ended) {
    CountDownLatch ready = new CountDownLatch(clients);
    Clients.run(
        clients,
        () -> {
          ready.countDown();
          if (!isReached(ready)) {
            return;
          }
          for (int task = 0; task < tasks; task++) {
            if (caller.isHopeless()) {
              caller.tally().failed("not made, because none ended well any more", workload);
            } else {
              workload.round(System.nanoTime(), caller);
            }
            ended.run();
          }
        });
  }

  private static boolean isReached(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException stopped) {
      return false;
    }
  }

  @Override
  public Tally tally() {
    return Tally.ofSuccesses();
  }

  @Override
  public String suffix() {
    return "";
  }

  @Override
  public String description() {
    return "Closed loop: each client does "
        + tasks
        + (tasks == 1 ? " task. " : " tasks, one after the other. ")
        + "A client that waits sends nothing, so times are not corrected for coordinated omission"
        + " (--rate measures without it); they are those of the calls that ended well.";
  }
}
