package io.distri.node.db;

/**
 * The document is written; a repeated write answers with what the first one came to.
 *
 * @param uuid the document
 * @param dot the write: of this node, or of the one that took the first try
 * @param version see {@link DocumentState#version()}
 */
public record Written(String uuid, Dot dot, String version) implements WriteOutcome {

  /** What a session has to see from now on; the write is safe where enough nodes cover it. */
  public VersionVector session() {
    return VersionVector.of(dot);
  }
}
