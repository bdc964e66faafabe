package io.distri.node.db;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What one write made of a document.
 *
 * @param dot the write
 * @param hlc when it was made, see {@link Hlc}
 * @param writeId the name that the client gave the write; null where it gave none
 * @param context all writes of the document that led to this one, itself included: those of them
 *     that are others, it has replaced
 * @param body the document; null where the write deleted it
 */
public record DocumentVersion(
    Dot dot,
    long hlc,
    @Nullable String writeId,
    VersionVector context,
    @Nullable DocumentBody body) {
  static final Comparator<DocumentVersion> EARLIER_FIRST =
      Comparator.comparingLong(DocumentVersion::hlc).thenComparing(DocumentVersion::dot);

  public DocumentVersion {
    if (!context.covers(dot)) {
      throw new IllegalArgumentException("a version's context covers the version itself");
    }
  }

  /** Whether the write deleted the document. */
  boolean isTombstone() {
    return body == null;
  }

  /** Whether this write was made by a node that held the other, and put itself in its place. */
  boolean replaces(DocumentVersion other) {
    return !dot.equals(other.dot) && context.covers(other.dot);
  }
}
