package io.distri.node.security;

/** What a whitelisted key is good for. */
public enum Role {
  /** Exchanges data with this node as a member of its cluster. */
  NODE,
  /** Gives orders: tokens, whitelist, leave, evict. */
  OPERATOR
}
