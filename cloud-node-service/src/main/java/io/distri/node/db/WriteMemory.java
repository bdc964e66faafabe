package io.distri.node.db;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.distri.node.db.json.ContentDigest;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest writes that clients named, of a document or of a collection: a bounded set that merges
 * to the same result in any order, since the newest of a union are the newest of the newest.
 *
 * <p>As bytes, it is a sequence of writes, each with its timestamp, dot and digest, the number of
 * documents, and its id, which has one byte of length before it; numbers are big-endian. A document
 * may have more bytes of this than of its own, on every way it takes.
 *
 * @param writes newest first, no dot twice
 */
public record WriteMemory(List<RememberedWrite> writes) {
  /** Nothing remembered. */
  public static final WriteMemory EMPTY = new WriteMemory(List.of());

  /** Of a write, without its id. */
  private static final int WRITE_BYTES = 5 * Long.BYTES + Integer.BYTES + 1;

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
    if (name != null) {
      for (RememberedWrite write : writes) {
        if (write.id().equals(name.id())) {
          return Optional.of(write);
        }
      }
    }
    return Optional.empty();
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
    List<RememberedWrite> newest = new ArrayList<>(limit);
    int mine = 0;
    int theirs = 0;
    while (newest.size() < limit && (mine < writes.size() || theirs < other.writes.size())) {
      int order = order(mine, other, theirs);
      newest.add(order <= 0 ? writes.get(mine) : other.writes.get(theirs));
      mine += order <= 0 ? 1 : 0;
      theirs += order >= 0 ? 1 : 0;
    }
    return new WriteMemory(newest);
  }

  /** Which write comes first; one that isn't there comes last. */
  private int order(int mine, WriteMemory other, int theirs) {
    if (mine == writes.size()) {
      return 1;
    }
    return theirs == other.writes.size()
        ? -1
        : RememberedWrite.NEWEST_FIRST.compare(writes.get(mine), other.writes.get(theirs));
  }

  /** Without the actor's writes up to a seq that are not in the base. */
  WriteMemory after(long actor, long seq, VersionVector base) {
    List<RememberedWrite> later = new ArrayList<>(writes.size());
    for (RememberedWrite write : writes) {
      Dot dot = write.dot();
      if (dot.actor() != actor || dot.seq() > seq || base.covers(dot)) {
        later.add(write);
      }
    }
    return later.size() == writes.size() ? this : new WriteMemory(later);
  }

  boolean isCoveredBy(VersionVector vector) {
    return writes.stream().allMatch(write -> vector.covers(write.dot()));
  }

  /** The highest timestamp; 0 where nothing is remembered. */
  long newestHlc() {
    return writes.isEmpty() ? 0 : writes.getFirst().hlc();
  }

  /** How many bytes it has on the wire. */
  int sizeBytes() {
    int size = 0;
    for (RememberedWrite write : writes) {
      size += WRITE_BYTES + write.id().length();
    }
    return size;
  }

  /** This memory as bytes. */
  @JsonValue
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(sizeBytes());
    for (RememberedWrite write : writes) {
      byte[] id = write.id().getBytes(StandardCharsets.US_ASCII);
      bytes
          .putLong(write.hlc())
          .putLong(write.dot().actor())
          .putLong(write.dot().seq())
          .putLong(write.digest().high())
          .putLong(write.digest().low())
          .putInt(write.affected())
          .put((byte) id.length)
          .put(id);
    }
    return bytes.array();
  }

  /**
   * Reads {@link #toBytes()}.
   *
   * @throws IllegalArgumentException where these are not the bytes of a memory
   */
  @JsonCreator
  public static WriteMemory ofBytes(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<RememberedWrite> writes = new ArrayList<>();
    try {
      while (in.hasRemaining()) {
        writes.add(write(in));
      }
    } catch (BufferUnderflowException cut) {
      throw new IllegalArgumentException("a remembered write is cut off", cut);
    }
    return writes.isEmpty() ? EMPTY : new WriteMemory(writes);
  }

  private static RememberedWrite write(ByteBuffer in) {
    long hlc = in.getLong();
    Dot dot = new Dot(in.getLong(), in.getLong());
    ContentDigest digest = new ContentDigest(in.getLong(), in.getLong());
    int affected = in.getInt();
    byte[] id = new byte[Byte.toUnsignedInt(in.get())];
    in.get(id);
    return new RememberedWrite(
        new String(id, StandardCharsets.US_ASCII), digest, dot, hlc, affected);
  }
}
