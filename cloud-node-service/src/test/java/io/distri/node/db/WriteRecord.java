package io.distri.node.db;

/**
 * What a test knows of a write that a node acknowledged, from the moment it was made.
 *
 * @param key the document, and the epoch of its collection
 * @param request which request of a client this was a try of
 * @param version what the write made of the document
 */
record WriteRecord(EntryKey key, String request, DocumentVersion version) {

  Dot dot() {
    return version.dot();
  }

  boolean replaced(WriteRecord other) {
    return version.replaces(other.version);
  }
}
