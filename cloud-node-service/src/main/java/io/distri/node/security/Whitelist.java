package io.distri.node.security;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The keys of the nodes that may call the internal port. Safe for use by many threads. */
public final class Whitelist {
  private final Set<String> nodes = ConcurrentHashMap.newKeySet();

  /** Lets the node with this key in. */
  public void add(String keyId) {
    nodes.add(keyId);
  }

  /** Whether the node with this key may come in. */
  public boolean contains(String keyId) {
    return nodes.contains(keyId);
  }
}
