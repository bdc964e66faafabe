package io.distri.node.db;

import java.util.Objects;

/**
 * What a node holds of a document.
 *
 * @param epoch the collection's, odd; an older one's documents are gone
 */
public record DocumentEntry(String collection, long epoch, DocumentState state) implements Entry {
  private static final int BASE_BYTES = 64;
  private static final int VERSION_BYTES = 64;
  private static final int ACTOR_BYTES = 16;

  public DocumentEntry {
    CollectionName.checked(collection);
    if (epoch < 1 || epoch % 2 == 0) {
      throw new IllegalArgumentException("a document's collection has an odd epoch, not " + epoch);
    }
  }

  @Override
  public void check() {
    state.versions().stream()
        .map(DocumentVersion::body)
        .filter(Objects::nonNull)
        .forEach(DocumentBody::tree);
  }

  @Override
  public int sizeBytes() {
    int size = BASE_BYTES + collection.length() + state.uuid().length();
    for (DocumentVersion version : state.versions()) {
      size += VERSION_BYTES + ACTOR_BYTES * version.context().size();
      size += version.body() == null ? 0 : version.body().sizeBytes();
    }
    return size + state.writes().sizeBytes();
  }

  @Override
  public long newestHlc() {
    long newest = state.writes().newestHlc();
    for (DocumentVersion version : state.versions()) {
      newest = Math.max(newest, version.hlc());
    }
    return newest;
  }

  @Override
  public DocumentEntry rememberingAfter(long actor, long seq, VersionVector base) {
    WriteMemory writes = state.writes().after(actor, seq, base);
    return new DocumentEntry(
        collection, epoch, new DocumentState(state.uuid(), state.versions(), writes));
  }

  @Override
  public VersionVector dots() {
    return state.context();
  }
}
