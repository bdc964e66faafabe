package io.distri.node.db;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * The join of two states of one document: what a node holds that knows of both.
 *
 * <p>Of all versions on either side, those stay that no other one has replaced. Since a version's
 * context holds the contexts of all that it replaced, the result depends on the set of versions
 * alone and not on the order, grouping or repetition of the merges. Nothing else is removed here:
 * neither the loser of a conflict nor the second try of a retried write (see {@link Retries}); a
 * removal that depends on what was met before would leave nodes with different results.
 *
 * <p>After the version histories of Parker et al., "Detection of Mutual Inconsistency in
 * Distributed Systems", 1983, with dots from Almeida et al., "Scalable and Accurate Causality
 * Tracking for Eventually Consistent Stores", 2014.
 */
final class Merge {
  private Merge() {}

  static DocumentState merge(DocumentState a, DocumentState b) {
    TreeSet<DocumentVersion> union = new TreeSet<>(Comparator.comparing(DocumentVersion::dot));
    union.addAll(a.versions());
    union.addAll(b.versions());
    List<DocumentVersion> latest =
        union.stream()
            .filter(version -> union.stream().noneMatch(other -> other.replaces(version)))
            .toList();
    return new DocumentState(
        a.uuid(), latest, a.writes().merge(b.writes(), DocumentState.REMEMBERED_WRITES));
  }
}
