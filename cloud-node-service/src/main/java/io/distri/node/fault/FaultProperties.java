package io.distri.node.fault;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Faults at random; read in the profile {@code fault} only.
 *
 * @param every mean time between the end of one and the beginning of the next; none: on demand only
 * @param duration how long each lasts
 * @param factor how many times slower a slow node is
 * @param modes which of them
 */
@ConfigurationProperties("distri.node.fault")
record FaultProperties(
    @Nullable Duration every,
    @DefaultValue("5s") Duration duration,
    @DefaultValue("16") double factor,
    @DefaultValue({"dead", "silent", "slow", "refuse", "cut-off"}) List<FaultMode> modes) {

  FaultProperties {
    modes = List.copyOf(modes);
    if (modes.isEmpty()) {
      throw new IllegalArgumentException(
          "distri.node.fault.modes must name at least one of dead, silent, slow, refuse, cut-off");
    }
    if (every != null && !every.isPositive()) {
      throw new IllegalArgumentException("distri.node.fault.every must be positive");
    }
    try {
      fault(modes.get(0), factor, duration);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("distri.node.fault." + wrong.getMessage(), wrong);
    }
  }

  /** One of a mode, as long and as slow as set. */
  Fault fault(FaultMode mode) {
    return fault(mode, factor, duration);
  }

  private static Fault fault(FaultMode mode, double factor, Duration duration) {
    return new Fault(mode, factor, duration);
  }
}
