package io.distri.node.db;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The join of two states of one document: what a node holds that knows of both.
 *
 * <p>A version stays if both sides hold it, or if the side that doesn't hold it doesn't know of it
 * either; what a side knows of but doesn't hold, it has seen replaced. The result depends on the
 * set of states alone, not on their order, grouping or repetition. That is why twins of a retried
 * write are hidden by {@link DocumentState} and not removed here: whether a removal happened would
 * depend on which states met first. Ties between versions are for the state to decide, too; a merge
 * loses nothing.
 *
 * <p>After dotted version vector sets, Almeida et al., "Scalable and Accurate Causality Tracking
 * for Eventually Consistent Stores", 2014.
 */
final class Merge {
  private Merge() {}

  static DocumentState merge(DocumentState a, DocumentState b) {
    List<DocumentVersion> versions = new ArrayList<>();
    for (DocumentVersion version : a.versions()) {
      if (!b.context().covers(version.dot()) || b.versions().contains(version)) {
        versions.add(version);
      }
    }
    for (DocumentVersion version : b.versions()) {
      if (!a.context().covers(version.dot())) {
        versions.add(version);
      }
    }
    versions.sort(Comparator.comparing(DocumentVersion::dot));
    return new DocumentState(
        a.uuid(),
        versions,
        a.context().merge(b.context()),
        a.writes().merge(b.writes(), DocumentState.REMEMBERED_WRITES));
  }
}
