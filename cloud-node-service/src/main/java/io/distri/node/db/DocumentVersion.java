package io.distri.node.db;

import org.jspecify.annotations.Nullable;

/**
 * What one write made of a document.
 *
 * @param dot the write
 * @param hlc when it was made, see {@link Hlc}
 * @param writeId the name that the client gave the write; null where it gave none
 * @param body the document; null where the write deleted it
 */
public record DocumentVersion(
    Dot dot, long hlc, @Nullable String writeId, @Nullable DocumentBody body) {

  /** Whether the write deleted the document. */
  public boolean isTombstone() {
    return body == null;
  }

  /** Which of two writes that don't know of each other has the say. */
  boolean isLaterThan(long otherHlc, Dot otherDot) {
    return hlc != otherHlc ? hlc > otherHlc : dot.compareTo(otherDot) > 0;
  }
}
