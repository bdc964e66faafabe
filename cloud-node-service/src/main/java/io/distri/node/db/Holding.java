package io.distri.node.db;

/**
 * What a node holds, in short.
 *
 * @param recent the writes whose effect it holds, beyond those of its base
 * @param base digest of the base, see {@link Coverage}
 * @param digest of its collections and documents; the same on nodes that hold the same
 */
public record Holding(VersionVector recent, long base, long digest) {

  /**
   * Whether the other says that it has the same writes, and holds something else. Then one of them
   * has a write ahead of those before it which nobody has any more, since the node that made it is
   * gone; or something is broken.
   */
  public boolean contradicts(Holding other) {
    return base == other.base && recent.equals(other.recent) && digest != other.digest;
  }
}
