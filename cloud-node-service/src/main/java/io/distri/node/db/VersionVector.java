package io.distri.node.db;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.distri.protocol.SessionToken;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/**
 * A set of writes: of each actor the first so many. What a node holds, what a document has seen,
 * what a session has to see.
 *
 * <p>As bytes, a vector is a sequence of pairs, actor then seq, 8 bytes each and big-endian,
 * ascending by actor as an unsigned number; as a token, the base64url of that without padding.
 * Immutable.
 */
public final class VersionVector {
  /** No write at all. */
  public static final VersionVector EMPTY = new VersionVector(new long[0]);

  /** The longest token, in characters. */
  public static final int MAX_TOKEN_LENGTH = SessionToken.MAX_LENGTH;

  private static final int PAIR_BYTES = 2 * Long.BYTES;

  /** Actor, seq, actor, seq …: flat, since every document holds a vector. */
  private final long[] pairs;

  private VersionVector(long[] pairs) {
    this.pairs = pairs;
  }

  /** The smallest vector that covers the write, and with it the earlier ones of its actor. */
  public static VersionVector of(Dot dot) {
    return new VersionVector(new long[] {dot.actor(), dot.seq()});
  }

  /** How many of the actor's writes are covered: those from 1 to this. */
  public long seq(long actor) {
    int at = indexOf(actor);
    return at >= 0 ? pairs[at + 1] : 0;
  }

  /** Whether the write is among those of this vector. */
  public boolean covers(Dot dot) {
    return seq(dot.actor()) >= dot.seq();
  }

  /** Whether every write of the other is among those of this vector. */
  public boolean covers(VersionVector other) {
    return other.isWithin(this::seq);
  }

  /** The smallest vector that covers both. */
  public VersionVector merge(VersionVector other) {
    if (covers(other)) {
      return this;
    }
    if (other.covers(this)) {
      return other;
    }
    long[] merged = new long[pairs.length + other.pairs.length];
    int size = 0;
    int mine = 0;
    int theirs = 0;
    while (mine < pairs.length || theirs < other.pairs.length) {
      int order = compareActors(mine, other, theirs);
      merged[size] = order <= 0 ? pairs[mine] : other.pairs[theirs];
      merged[size + 1] =
          Math.max(order <= 0 ? pairs[mine + 1] : 0, order >= 0 ? other.pairs[theirs + 1] : 0);
      size += 2;
      mine += order <= 0 ? 2 : 0;
      theirs += order >= 0 ? 2 : 0;
    }
    return new VersionVector(Arrays.copyOf(merged, size));
  }

  /** The smallest vector that covers this one and the write, the earlier ones of its actor too. */
  public VersionVector with(Dot dot) {
    int at = indexOf(dot.actor());
    if (at < 0) {
      return merge(of(dot));
    }
    if (pairs[at + 1] >= dot.seq()) {
      return this;
    }
    long[] raised = pairs.clone();
    raised[at + 1] = dot.seq();
    return new VersionVector(raised);
  }

  /** Those actors with their seqs that have writes beyond the other vector. */
  public VersionVector beyond(VersionVector other) {
    long[] beyond = new long[pairs.length];
    int size = 0;
    for (int i = 0; i < pairs.length; i += 2) {
      if (other.seq(pairs[i]) < pairs[i + 1]) {
        beyond[size] = pairs[i];
        beyond[size + 1] = pairs[i + 1];
        size += 2;
      }
    }
    return size == pairs.length ? this : new VersionVector(Arrays.copyOf(beyond, size));
  }

  /** Whether each actor has no more writes here than the function tells. */
  boolean isWithin(LongUnaryOperator seqs) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (seqs.applyAsLong(pairs[i]) < pairs[i + 1]) {
        return false;
      }
    }
    return true;
  }

  /** A number that differs, but for one case in 2^64, where the writes do; 0 for none. */
  public long digest() {
    long digest = 0;
    for (int i = 0; i < pairs.length; i += 2) {
      digest += Mix.of(pairs[i] + Mix.of(pairs[i + 1]));
    }
    return digest;
  }

  /** How many writes are covered. */
  public long sum() {
    long sum = 0;
    for (int i = 1; i < pairs.length; i += 2) {
      sum += pairs[i];
    }
    return sum;
  }

  /** How many actors have writes here. */
  public int size() {
    return pairs.length / 2;
  }

  /** The last covered write of each actor, in the order of the actors. */
  public List<Dot> entries() {
    List<Dot> entries = new ArrayList<>(size());
    for (int i = 0; i < pairs.length; i += 2) {
      entries.add(new Dot(pairs[i], pairs[i + 1]));
    }
    return List.copyOf(entries);
  }

  /** This vector as bytes. */
  @JsonValue
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(pairs.length * Long.BYTES);
    bytes.asLongBuffer().put(pairs);
    return bytes.array();
  }

  /**
   * Reads {@link #toBytes()}.
   *
   * @throws IllegalArgumentException where these are not the bytes of a vector
   */
  @JsonCreator
  public static VersionVector ofBytes(byte[] bytes) {
    if (bytes.length % PAIR_BYTES != 0) {
      throw new IllegalArgumentException("a version vector is a sequence of 16-byte pairs");
    }
    long[] pairs = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(pairs);
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i + 1] < 1) {
        throw new IllegalArgumentException("an actor of a version vector has at least one write");
      }
      if (i > 0 && Long.compareUnsigned(pairs[i - 2], pairs[i]) >= 0) {
        throw new IllegalArgumentException("the actors of a version vector ascend");
      }
    }
    return new VersionVector(pairs);
  }

  /** This vector as a session token. */
  public String toToken() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(toBytes());
  }

  /**
   * Reads {@link #toToken()}.
   *
   * @throws IllegalArgumentException where it is no token, or longer than {@link #MAX_TOKEN_LENGTH}
   */
  public static VersionVector ofToken(String token) {
    if (token.length() > MAX_TOKEN_LENGTH) {
      throw new IllegalArgumentException(
          "a session token has at most " + MAX_TOKEN_LENGTH + " characters");
    }
    return ofBytes(Base64.getUrlDecoder().decode(token));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionVector vector && Arrays.equals(pairs, vector.pairs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(pairs);
  }

  @Override
  public String toString() {
    return entries().stream().map(Dot::toString).collect(Collectors.joining(" ", "[", "]"));
  }

  /** The place of the actor's pair; negative where it has none. */
  private int indexOf(long actor) {
    int low = 0;
    int high = pairs.length / 2 - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Long.compareUnsigned(pairs[2 * middle], actor);
      if (order == 0) {
        return 2 * middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Which actor comes first; one that isn't there comes last. */
  private int compareActors(int mine, VersionVector other, int theirs) {
    if (mine == pairs.length) {
      return 1;
    }
    return theirs == other.pairs.length
        ? -1
        : Long.compareUnsigned(pairs[mine], other.pairs[theirs]);
  }
}
