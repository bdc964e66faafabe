package io.distri.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a call is sent again, and how long each try may take. Pure: it decides from a call's history
 * and the randomness passed in.
 *
 * <p>A refusal executed nothing, so every node may be tried once a round, and rounds go on until
 * the deadline. After an unclear try the call is repeated only if it is idempotent, a few times.
 */
final class RetryPolicy {

  /** Keeps the shift below from overflowing; the pauses are capped long before. */
  private static final int MOST_DOUBLINGS = 20;

  /** In which the reserve of the budget brings two retries. */
  private static final Duration BUDGET_PAUSE = Duration.ofMillis(200);

  /** A try is not cut off before this multiple of the delay that its node was elected for. */
  private static final double PATIENCE = 4;

  /** Nor before this time, in which a node that only pauses is back: slivers help nobody. */
  private static final Duration LEAST = Duration.ofMillis(250);

  /** With less than this left, another try would only make the outcome unclear. */
  private static final Duration USEFUL = Duration.ofMillis(20);

  private final DistriClientSettings.Retry settings;

  RetryPolicy(DistriClientSettings.Retry settings) {
    this.settings = settings;
  }

  /**
   * Whether the call may be sent again after an unclear try, as far as the call itself goes; when,
   * the budget over all calls decides.
   *
   * @param nodes in the cluster; when most are out of room, a repetition only adds to it
   */
  boolean mayRepeat(boolean repeatable, CallHistory history, int nodes) {
    return repeatable
        && history.unclear() <= settings.ambiguous()
        && history.busyNodes() * 2 <= nodes;
  }

  /** What a repetition costs the budget; a timeout held a node's resources for longer. */
  int cost(TryOutcome.Unclear outcome) {
    return outcome.timedOut() ? 2 : 1;
  }

  /** The pause after a round: what the nodes asked for and a random share of the backoff. */
  Duration pause(CallHistory history, RandomGenerator random) {
    long doubled = settings.backoff().toNanos() << Math.min(history.rounds(), MOST_DOUBLINGS);
    long upper = Math.min(doubled <= 0 ? Long.MAX_VALUE : doubled, settings.maxBackoff().toNanos());
    return history.soonest().plusNanos(random.nextLong(upper) + 1);
  }

  /** How long to wait for the budget over all calls before asking it again. */
  Duration pauseForBudget(RandomGenerator random) {
    return Duration.ofNanos(random.nextLong(BUDGET_PAUSE.toNanos()) + 1);
  }

  /** Whether there is time for another try. The first one gets what there is. */
  boolean isWorthwhile(CallHistory history, Duration remaining) {
    return remaining.compareTo(history.attempts() == 0 ? Duration.ZERO : USEFUL) > 0;
  }

  /**
   * How long a try may take. A call that can be repeated leaves time for the nodes it could still
   * be sent to, so that one which hangs doesn't use up the deadline; any other waits to the end.
   *
   * @param others candidates besides the elected one
   */
  Duration timeout(
      boolean repeatable,
      Duration remaining,
      CallHistory history,
      int others,
      double expectedDelayMs) {
    int repetitions = Math.min(settings.ambiguous() - history.unclear(), others);
    if (!repeatable || repetitions <= 0) {
      return remaining;
    }
    long share = remaining.toNanos() / (repetitions + 1);
    long patience = Math.max(LEAST.toNanos(), (long) (expectedDelayMs * PATIENCE * 1e6));
    return Duration.ofNanos(Math.min(Math.max(share, patience), remaining.toNanos()));
  }
}
