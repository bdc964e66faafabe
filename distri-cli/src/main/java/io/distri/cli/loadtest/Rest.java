package io.distri.cli.loadtest;

import io.distri.cli.terminal.Failure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * The wait for nodes and clients to be at rest after their warm-up. Calls make JVMs compile what
 * they ran, in the background, long after the last one; a test that began meanwhile would measure
 * compilers.
 *
 * @param look how long one look at how busy they are takes
 * @param patience after which they are taken as they are
 */
record Rest(Duration look, Duration patience) {

  /** A machine with other work never rests: a minute, and the test begins all the same. */
  static final Rest USUAL = new Rest(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** The share of a processor that nodes without calls, and their heartbeats, stay below. */
  private static final double IDLE = 0.1;

  /**
   * Waits until they are at rest.
   *
   * @param cpuMs processor time that all of them have spent, milliseconds
   */
  void await(DoubleSupplier cpuMs) {
    long deadline = System.nanoTime() + patience.toNanos();
    double before = cpuMs.getAsDouble();
    do {
      pause();
      double now = cpuMs.getAsDouble();
      if (now - before < IDLE * look.toMillis()) {
        return;
      }
      before = now;
    } while (System.nanoTime() < deadline);
  }

  private void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(look.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted between warm-up and test.", e);
    }
  }
}
