package io.distri.node.db;

/** What a node holds of a collection, its documents aside. */
public record CollectionEntry(String collection, CollectionState state) implements Entry {
  private static final int BASE_BYTES = 64;

  public CollectionEntry {
    CollectionName.checked(collection);
    if (state.epoch() < 1) {
      throw new IllegalArgumentException("a collection that was never created has no entry");
    }
  }

  @Override
  public void check() {}

  @Override
  public int sizeBytes() {
    return BASE_BYTES + collection.length() + state.writes().sizeBytes();
  }

  @Override
  public long newestHlc() {
    return state.writes().newestHlc();
  }

  @Override
  public CollectionEntry rememberingAfter(long actor, long seq, VersionVector base) {
    WriteMemory writes = state.writes().after(actor, seq, base);
    return new CollectionEntry(collection, new CollectionState(state.epoch(), state.dot(), writes));
  }

  @Override
  public VersionVector dots() {
    VersionVector dots = state.dot() == null ? VersionVector.EMPTY : VersionVector.of(state.dot());
    for (RememberedWrite write : state.writes().writes()) {
      dots = dots.with(write.dot());
    }
    return dots;
  }
}
