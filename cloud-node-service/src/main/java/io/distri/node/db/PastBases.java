package io.distri.node.db;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bases that a node had before its present one, so that what another node says on top of one of
 * them can be understood. Immutable.
 *
 * @param bases newest first, {@value #KEPT} at most
 */
record PastBases(List<VersionVector> bases) {
  /** A base lasts for minutes; who has not heard of the next one by then is away. */
  private static final int KEPT = 8;

  static final PastBases NONE = new PastBases(List.of());

  PastBases with(VersionVector base) {
    List<VersionVector> kept = new ArrayList<>(bases);
    kept.addFirst(base);
    return new PastBases(List.copyOf(kept.subList(0, Math.min(KEPT, kept.size()))));
  }

  /** The base of a digest; null where it is none of these. */
  @Nullable VersionVector find(long digest) {
    return bases.stream().filter(base -> base.digest() == digest).findFirst().orElse(null);
  }
}
