package io.distri.node.fault;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Begins a fault now and then, by chance, as long as the node runs. */
final class RandomFaults implements SmartLifecycle {
  private final Faults faults;
  private final FaultProperties properties;
  private final RandomGenerator random;
  private @Nullable Thread thread;
  private volatile boolean running;

  RandomFaults(Faults faults, FaultProperties properties, RandomGenerator random) {
    this.faults = faults;
    this.properties = properties;
    this.random = random;
  }

  @Override
  public void start() {
    running = true;
    Duration every = properties.every();
    if (every != null) {
      thread = Thread.ofVirtual().name("faults").start(() -> playOnAndOn(every));
    }
  }

  private void playOnAndOn(Duration every) {
    try {
      while (true) {
        // Exponential, so that none can be foreseen from the last one.
        Thread.sleep(Duration.ofNanos((long) (random.nextExponential() * every.toNanos())));
        Fault fault = properties.fault(any(properties.modes()));
        faults.begin(fault);
        faults.outlast(fault, fault.duration());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private FaultMode any(List<FaultMode> modes) {
    return modes.get(random.nextInt(modes.size()));
  }

  /** A node that stops plays no more: it says its last words. */
  @Override
  public void stop() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
    faults.end();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
