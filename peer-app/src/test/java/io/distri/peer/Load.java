package io.distri.peer;

import java.lang.management.ManagementFactory;

/** Time on a machine on which other things run. */
final class Load {
  private Load() {}

  /**
   * Seconds since then, without those that this machine took for others: its queue per processor.
   */
  static double secondsSince(long startNanos) {
    var system = ManagementFactory.getOperatingSystemMXBean();
    double queue = system.getSystemLoadAverage() / system.getAvailableProcessors();
    return (System.nanoTime() - startNanos) / 1e9 / Math.max(1, queue);
  }
}
