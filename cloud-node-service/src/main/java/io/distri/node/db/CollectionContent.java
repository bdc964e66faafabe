package io.distri.node.db;

import org.pcollections.TreePMap;

/**
 * A collection and its documents at one moment.
 *
 * @param documents by UUID, deleted ones included
 * @param live how many of them reads find
 * @param conflicted how many of them have siblings
 * @param bytes what the bodies of the documents take
 * @param digest the sum of the documents' digests
 */
record CollectionContent(
    String name,
    CollectionState state,
    TreePMap<String, DocumentState> documents,
    int live,
    int conflicted,
    long bytes,
    long digest) {

  static CollectionContent empty(String name, CollectionState state) {
    return new CollectionContent(name, state, TreePMap.empty(), 0, 0, 0, 0);
  }

  /** The same documents under a state of the same epoch. */
  CollectionContent with(CollectionState sameEpoch) {
    return new CollectionContent(name, sameEpoch, documents, live, conflicted, bytes, digest);
  }

  CollectionContent with(DocumentState document) {
    DocumentState old = documents.get(document.uuid());
    return new CollectionContent(
        name,
        state,
        documents.plus(document.uuid(), document),
        live + count(!document.isDeleted()) - count(old != null && !old.isDeleted()),
        conflicted + count(hasSiblings(document)) - count(old != null && hasSiblings(old)),
        bytes + document.bodyBytes() - (old == null ? 0 : old.bodyBytes()),
        digest + document.digest() - (old == null ? 0 : old.digest()));
  }

  /** Without a document that is deleted. */
  CollectionContent without(DocumentState document) {
    return new CollectionContent(
        name,
        state,
        documents.minus(document.uuid()),
        live,
        conflicted,
        bytes - document.bodyBytes(),
        digest - document.digest());
  }

  /** About what this takes of the heap, in bytes. */
  long footprint() {
    return bytes + (long) documents.size() * Quota.BOOKKEEPING_BYTES + Quota.COLLECTION_BYTES;
  }

  CollectionSummary summary() {
    return new CollectionSummary(name, state.epoch(), live, documents.size() - live, conflicted);
  }

  private static boolean hasSiblings(DocumentState document) {
    return !document.siblings().isEmpty();
  }

  private static int count(boolean holds) {
    return holds ? 1 : 0;
  }
}
