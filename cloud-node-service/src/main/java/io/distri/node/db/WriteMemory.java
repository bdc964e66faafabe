package io.distri.node.db;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The newest writes that clients named, of a document or of a collection: a bounded set that merges
 * to the same result in any order, since the newest of a union are the newest of the newest.
 *
 * @param writes newest first, no dot twice
 */
public record WriteMemory(@JsonValue List<RememberedWrite> writes) {
  /** Nothing remembered. */
  public static final WriteMemory EMPTY = new WriteMemory(List.of());

  private static final int WRITE_BYTES = 64;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public WriteMemory {
    writes = List.copyOf(writes);
    for (int i = 1; i < writes.size(); i++) {
      if (RememberedWrite.NEWEST_FIRST.compare(writes.get(i - 1), writes.get(i)) >= 0) {
        throw new IllegalArgumentException("remembered writes are listed newest first");
      }
    }
  }

  /** The write with this id, of whatever digest; the newest, where two nodes each made one. */
  Optional<RememberedWrite> find(@Nullable WriteName name) {
    return name == null
        ? Optional.empty()
        : writes.stream().filter(write -> write.id().equals(name.id())).findFirst();
  }

  Optional<RememberedWrite> find(Dot dot) {
    return writes.stream().filter(write -> write.dot().equals(dot)).findFirst();
  }

  /** This and one more. */
  WriteMemory with(RememberedWrite write, int limit) {
    return merge(new WriteMemory(List.of(write)), limit);
  }

  /** The newest of both. */
  WriteMemory merge(WriteMemory other, int limit) {
    if (other.writes.isEmpty() || equals(other)) {
      return this;
    }
    TreeSet<RememberedWrite> union = new TreeSet<>(RememberedWrite.NEWEST_FIRST);
    union.addAll(writes);
    union.addAll(other.writes);
    List<RememberedWrite> newest = new ArrayList<>(union);
    return new WriteMemory(newest.subList(0, Math.min(limit, newest.size())));
  }

  boolean isCoveredBy(VersionVector vector) {
    return writes.stream().allMatch(write -> vector.covers(write.dot()));
  }

  /** The highest timestamp; 0 where nothing is remembered. */
  long newestHlc() {
    return writes.isEmpty() ? 0 : writes.getFirst().hlc();
  }

  /** About how many bytes it has on the wire. */
  int sizeBytes() {
    int size = 0;
    for (RememberedWrite write : writes) {
      size += WRITE_BYTES + write.id().length();
    }
    return size;
  }
}
