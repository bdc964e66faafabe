package io.distri.node.sync;

import io.distri.node.db.DocumentStore;
import io.distri.node.local.LocalNode;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Healthy while the node serves: not yet while it joins, and no more once it drains or its disk has
 * failed.
 */
final class NodeHealth implements HealthIndicator {
  private final LocalNode self;
  private final DocumentStore documents;

  NodeHealth(LocalNode self, DocumentStore documents) {
    this.self = self;
    this.documents = documents;
  }

  @Override
  public Health health() {
    boolean writes = documents.takesWrites();
    Health.Builder health = self.serves() && writes ? Health.up() : Health.outOfService();
    return health
        .withDetail("state", self.state().key())
        .withDetail("disk", writes ? "ok" : "failed")
        .build();
  }
}
