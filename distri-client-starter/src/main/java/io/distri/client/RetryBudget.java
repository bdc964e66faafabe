package io.distri.client;

/**
 * A token bucket that bounds how often unclear tries are repeated over all calls, so that retries
 * don't make a cluster in trouble worse. Successes fill it, retries drain it. Refusals don't touch
 * it: they executed nothing. Safe for many threads.
 *
 * <p>The sizes depend on the node count: in a larger cluster each success pays for less, since
 * fewer of its calls can meet the same bad node, and more can be saved up, since more nodes can
 * fail.
 */
final class RetryBudget {

  private static final double RESERVE_PER_S = 10;
  private static final double PER_NODE = 10;

  private double tokens = RESERVE_PER_S;
  private long filledAtNanos;

  /** Full enough for a second of reserve. */
  RetryBudget(long nowNanos) {
    filledAtNanos = nowNanos;
  }

  /** A call succeeded, in a cluster of so many nodes. */
  synchronized void succeeded(int nodes, int inFlight, long nowNanos) {
    fill(nodes, inFlight, nowNanos);
    add(Math.min(Math.max(1.2 / Math.max(1, nodes), 0.1), 0.5), nodes, inFlight);
  }

  /**
   * Takes tokens for one retry.
   *
   * @return whether there were enough; if not, none is taken
   */
  synchronized boolean take(int cost, int nodes, int inFlight, long nowNanos) {
    fill(nodes, inFlight, nowNanos);
    if (tokens < cost) {
      return false;
    }
    tokens -= cost;
    return true;
  }

  private void fill(int nodes, int inFlight, long nowNanos) {
    double seconds = Math.max(0, nowNanos - filledAtNanos) / 1e9;
    filledAtNanos = nowNanos;
    add(seconds * RESERVE_PER_S, nodes, inFlight);
  }

  private void add(double more, int nodes, int inFlight) {
    int members = Math.max(1, nodes);
    double capacity = Math.max(PER_NODE * members, (double) inFlight / members);
    tokens = Math.min(capacity, tokens + more);
  }
}
