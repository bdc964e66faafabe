package io.distri.node.sync;

import io.distri.node.local.LocalNode;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Healthy while the node serves: not yet while it joins, and no more once it drains. */
final class NodeHealth implements HealthIndicator {
  private final LocalNode self;

  NodeHealth(LocalNode self) {
    this.self = self;
  }

  @Override
  public Health health() {
    Health.Builder health = self.serves() ? Health.up() : Health.outOfService();
    return health.withDetail("state", self.state().key()).build();
  }
}
