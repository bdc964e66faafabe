package io.distri.cli.loadtest;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Calls that become due at moments fixed beforehand, whatever becomes of those before them. Each
 * time counts from when its call was due, so a stall is in the times of all calls that it held up:
 * there is no coordinated omission (G. Tene, "How NOT to Measure Latency"). Clients take the due
 * calls in order; while all of them are busy, calls start late or, at the end of their patience,
 * not at all, which is a failure.
 *
 * @param rate mean calls a second, over all clients
 * @param duration within which calls become due
 */
public record OpenLoop(int rate, Duration duration) implements Load {

  /** How long a test takes where nobody says otherwise. */
  public static final Duration USUAL_DURATION = Duration.ofSeconds(30);

  /** A caller's usual deadline, the client's default. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Beyond what threads on busy processors are late by themselves. */
  private static final Duration LATE = Duration.ofMillis(10);

  /** The same schedule in every run. */
  private static final long SEED = 1;

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  @Override
  public long rounds(int clients, int callsPerRound) {
    return arrivals(callsPerRound).count();
  }

  @Override
  public void run(int clients, Workload workload, Caller caller, Runnable ended) {
    Arrivals arrivals = arrivals(workload.callsPerRound());
    long start = System.nanoTime();
    Clients.run(
        clients,
        () -> {
          OptionalLong next = arrivals.next();
          while (next.isPresent()) {
            long due = start + next.getAsLong();
            if (!isReached(due)) {
              return;
            }
            if (System.nanoTime() - due > LATE.toNanos()) {
              caller.tally().late();
            }
            workload.round(due, caller);
            ended.run();
            next = arrivals.next();
          }
        });
  }

  private Arrivals arrivals(int callsPerRound) {
    return new Arrivals((double) rate / callsPerRound, duration, SEED);
  }

  private static boolean isReached(long due) {
    try {
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      return true;
    } catch (InterruptedException stopped) {
      return false;
    }
  }

  /** A call that fails would be missing from the times just when it should be the worst of them. */
  @Override
  public Tally tally() {
    return Tally.withFailuresAs(PATIENCE);
  }

  @Override
  public String suffix() {
    return "-rate-" + rate;
  }

  @Override
  public String description() {
    return ("Open loop: %s calls a second become due at random (Poisson, the same in every run) for"
            + " %s s. Times count from when a call was due (no coordinated omission), and a failed"
            + " call counts as %s s. Late: started more than %s ms after it was due.")
        .formatted(rate, seconds(), PATIENCE.toSeconds(), LATE.toMillis());
  }

  /** The duration in seconds, for the eye. */
  String seconds() {
    long ms = duration.toMillis();
    return ms % 1000 == 0 ? Long.toString(ms / 1000) : Double.toString(ms / 1000.0);
  }
}
