package io.distri.client;

import io.distri.protocol.HostPort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Peak EWMA as in Finagle: of two random nodes the one with the lower product of own calls in
 * flight and a mean response time that jumps to every peak and decays from there within 10 s.
 */
final class PeakEwma implements Policy {

  private static final double DECAY_NANOS = 10e9;

  private final LongSupplier nanoTime;
  private final Map<HostPort, Mean> means = new HashMap<>();

  private static final class Mean {
    double ms;
    long atNanos;
  }

  PeakEwma(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public Choice elect(List<Candidate> candidates, RandomGenerator random) {
    return Policy.of(Rankings.least(Rankings.sample(candidates, 2, random), this::cost, random));
  }

  private double cost(Candidate candidate) {
    Mean mean = means.get(candidate.node().address());
    return mean == null ? candidate.inFlight() : mean.ms * (candidate.inFlight() + 1);
  }

  @Override
  public void heard(HostPort node, Reply reply, double elapsedMs) {
    long now = nanoTime.getAsLong();
    Mean mean = means.computeIfAbsent(node, address -> new Mean());
    double kept = StrictMath.exp(-(now - mean.atNanos) / DECAY_NANOS);
    mean.ms = elapsedMs > mean.ms ? elapsedMs : mean.ms * kept + elapsedMs * (1 - kept);
    mean.atNanos = now;
  }
}
