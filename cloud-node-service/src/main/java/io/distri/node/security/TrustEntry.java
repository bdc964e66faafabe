package io.distri.node.security;

import org.jspecify.annotations.Nullable;

/**
 * What the cluster's operators decided on a key. The later decision on a key holds, but none comes
 * after an eviction.
 *
 * @param keyId SHA-256 of the public key, hexadecimal
 * @param role that it was given; null where it was taken from the list
 * @param evicted whether it is shut out for good
 * @param decidedMs when, in milliseconds since 1970
 */
public record TrustEntry(String keyId, @Nullable Role role, boolean evicted, long decidedMs) {

  /** Whether this decision holds where the other was taken too. */
  boolean holdsOver(TrustEntry other) {
    if (evicted != other.evicted) {
      return evicted;
    }
    if (decidedMs != other.decidedMs) {
      return decidedMs > other.decidedMs;
    }
    // Of two at the same moment the stricter holds, so that all nodes agree.
    return strictness() > other.strictness();
  }

  private int strictness() {
    if (role == null) {
      return 2;
    }
    return role == Role.NODE ? 1 : 0;
  }
}
