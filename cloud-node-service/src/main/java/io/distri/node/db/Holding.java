package io.distri.node.db;

/**
 * What a node holds, in short.
 *
 * @param version the writes whose effect it holds
 * @param digest of its collections and documents; the same on nodes that hold the same
 */
public record Holding(VersionVector version, long digest) {

  /**
   * Whether the other says that it has the same writes, and holds something else. Then one of them
   * has a write ahead of those before it which nobody has any more, since the node that made it is
   * gone; or something is broken.
   */
  public boolean contradicts(Holding other) {
    return version.equals(other.version) && digest != other.digest;
  }
}
