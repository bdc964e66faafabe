package io.distri.node.join;

import io.distri.node.local.LocalNode;
import io.distri.node.security.Whitelist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a node that was evicted serve no more, from the moment it hears of it and after every
 * restart: what it holds goes stale, and what it would take in no member would ever have.
 */
final class OwnEviction {
  private static final Logger log = LoggerFactory.getLogger(OwnEviction.class);

  private final LocalNode self;

  OwnEviction(LocalNode self, Whitelist whitelist) {
    this.self = self;
    whitelist.onEviction(this::heard);
    if (whitelist.isEvicted(self.id())) {
      heard(self.id());
    }
  }

  private void heard(String key) {
    if (key.equals(self.id())) {
      self.shutOut();
      log.error(
          "this node was evicted: an operator shut its key {} out for good, and it serves no more."
              + " To have a node here again, start it with an empty distri.node.identity.dir",
          key);
    }
  }
}
