package io.distri.node.db;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  private static final Comparator<DocumentVersion> BY_DOT =
      Comparator.comparing(DocumentVersion::dot);
  private static final Comparator<@Nullable DocumentBody> TOMBSTONE_FIRST =
      Comparator.nullsFirst(Comparator.naturalOrder());
  private static final Comparator<DocumentVersion> BY_BODY =
      Comparator.comparing(DocumentVersion::body, TOMBSTONE_FIRST);

  private Merge() {}

  static DocumentState merge(DocumentState a, DocumentState b) {
    List<DocumentVersion> latest = new ArrayList<>();
    for (DocumentVersion version : a.versions()) {
      if (!isReplaced(version, b)) {
        latest.add(intact(version, b));
      }
    }
    for (DocumentVersion version : b.versions()) {
      if (!isReplaced(version, a) && !a.holds(version.dot())) {
        latest.add(version);
      }
    }
    latest.sort(BY_DOT);
    return new DocumentState(
        a.uuid(), latest, a.writes().merge(b.writes(), DocumentState.REMEMBERED_WRITES));
  }

  private static boolean isReplaced(DocumentVersion version, DocumentState by) {
    for (DocumentVersion other : by.versions()) {
      if (other.replaces(version)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The version, or the same one as the other side holds it: where one of the two was damaged, both
   * sides keep the same of them.
   */
  private static DocumentVersion intact(DocumentVersion version, DocumentState other) {
    for (DocumentVersion same : other.versions()) {
      if (same.dot().equals(version.dot()) && BY_BODY.compare(version, same) < 0) {
        return same;
      }
    }
    return version;
  }
}
