package io.distri.node.security;

import io.distri.protocol.Sha256;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that this node belongs to. Once it met another node of it, it is for good: a node
 * never talks to two. Before that two nodes that let each other in agree on one. Safe for use by
 * many threads.
 */
public final class ClusterId {
  private final KeptFile file;
  private @Nullable String value;
  private boolean firm;

  private ClusterId(KeptFile file, @Nullable String value, boolean firm) {
    this.file = file;
    this.value = value;
    this.firm = firm;
  }

  /**
   * The cluster that this node was in before; else none as long as it has to join by token; else
   * the one that shares its secret, or the one of the nodes that are whitelisted from the start on.
   *
   * @param path where it is kept; null: nowhere
   * @param whitelisted keys of the nodes that the configuration names
   * @throws UncheckedIOException where the file can't be read
   */
  static ClusterId of(
      ClusterSecret secret,
      @Nullable Path path,
      String ownKey,
      Collection<String> whitelisted,
      boolean joinsByToken) {
    KeptFile file = new KeptFile(path);
    Optional<byte[]> before = file.read();
    if (before.isPresent()) {
      return new ClusterId(file, new String(before.get(), StandardCharsets.US_ASCII), true);
    }
    if (joinsByToken) {
      return new ClusterId(file, null, false);
    }
    TreeSet<String> keys = new TreeSet<>(whitelisted);
    keys.add(ownKey);
    String id = secret.clusterId().orElseGet(() -> hash(String.join("|", keys)));
    boolean closed = secret.secret().isPresent() && whitelisted.isEmpty();
    return new ClusterId(file, id, closed);
  }

  /** The id; empty as long as this node has none. */
  public synchronized Optional<String> value() {
    return Optional.ofNullable(value);
  }

  /** Whether it is for good. */
  public synchronized boolean isFirm() {
    return firm;
  }

  /** Whether two nodes can agree, if they let each other in. */
  public synchronized boolean isCompatible(@Nullable String other, boolean otherFirm) {
    return value == null || other == null || value.equals(other) || !firm || !otherFirm;
  }

  /**
   * Agrees with a node that was let in, or let this one in. Both sides come to the same: the one
   * that is firm holds, of two that are not the smaller.
   *
   * @return false where they can't
   * @throws UncheckedIOException where it can't be kept; then there is no agreement
   */
  public synchronized boolean agree(@Nullable String other, boolean otherFirm) {
    if (!isCompatible(other, otherFirm)) {
      return false;
    }
    boolean takesOther =
        other != null && (value == null || (!firm && (otherFirm || other.compareTo(value) < 0)));
    String agreed = takesOther ? other : value;
    if (agreed == null) {
      return false;
    }
    if (!firm) {
      file.write(agreed.getBytes(StandardCharsets.US_ASCII));
    }
    value = agreed;
    firm = true;
    return true;
  }

  private static String hash(String text) {
    byte[] hash = Sha256.of(("distri cluster id v1|" + text).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 16);
  }
}
