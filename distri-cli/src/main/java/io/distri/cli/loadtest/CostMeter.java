package io.distri.cli.loadtest;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what nodes and this process have spent since they began. */
final class CostMeter {

  /** Counts the bytes of every read and write, sockets included; Linux has it. */
  private static final Path IO = Path.of("/proc/self/io");

  private final Supplier<Optional<Duration>> nodesCpu;

  /**
   * @param nodesCpu processor time of all nodes so far, where it is known
   */
  CostMeter(Supplier<Optional<Duration>> nodesCpu) {
    this.nodesCpu = nodesCpu;
  }

  Cost read() {
    return new Cost(nodesCpu.get().map(CostMeter::ms).orElse(Double.NaN), ownCpuMs(), ownBytes());
  }

  private static double ownCpuMs() {
    long nanos =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    return nanos < 0 ? Double.NaN : nanos / 1e6;
  }

  private static double ownBytes() {
    try {
      return Files.readAllLines(IO).stream()
          .filter(line -> line.startsWith("rchar: ") || line.startsWith("wchar: "))
          .mapToDouble(line -> Double.parseDouble(line.substring("rchar: ".length())))
          .sum();
    } catch (IOException elsewhere) {
      return Double.NaN;
    }
  }

  private static double ms(Duration time) {
    return time.toNanos() / 1e6;
  }
}
