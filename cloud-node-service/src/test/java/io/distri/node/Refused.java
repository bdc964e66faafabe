package io.distri.node;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What a node counted of refusals. */
public final class Refused {
  private Refused() {}

  /** On the internal port, for this reason. */
  public static long internal(TestNode node, String reason) {
    return count(node, "distri.internal.refused", reason);
  }

  /** On the public port, for this reason. */
  public static long access(TestNode node, String reason) {
    return count(node, "distri.access.refused", reason);
  }

  private static long count(TestNode node, String meter, String reason) {
    Counter counter =
        node.context().getBean(MeterRegistry.class).find(meter).tag("reason", reason).counter();
    return counter == null ? 0 : (long) counter.count();
  }
}
