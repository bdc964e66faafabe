package io.distri.protocol;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A version vector as it travels in the {@code Distri-Session} header: the writes that a later read
 * must see. Users treat the header as opaque; clients merge tokens, nodes compare them with what
 * they hold.
 *
 * <p>The header is base64url without padding of pairs of 8 bytes each, big-endian, actor then seq,
 * ascending by actor as an unsigned number, every actor once. Immutable.
 *
 * <p>What every node holds anyway is left out. How much that is, in writes, stands under the actor
 * 0, which is no node's: a node that can't say the same of itself does not cover the token.
 *
 * @param seqs actor to the highest seq seen of it, in unsigned order of the actors
 */
public record SessionToken(SortedMap<Long, Long> seqs) {

  /** No write at all: every node covers it. */
  public static final SessionToken EMPTY = new SessionToken(Collections.emptySortedMap());

  /**
   * The longest header, in characters; nodes take three times as much for all headers. Each start
   * of a node that writes adds 22, until all nodes hold what it wrote.
   */
  public static final int MAX_LENGTH = 16_384;

  /** The actor whose seq says how much is left out. */
  private static final long EVERYWHERE = 0;

  private static final int PAIR_BYTES = 2 * Long.BYTES;

  /** What {@link #MAX_LENGTH} characters of 6 bits hold. */
  private static final int MAX_ACTORS = MAX_LENGTH * 6 / 8 / PAIR_BYTES;

  public SessionToken {
    SortedMap<Long, Long> sorted = new TreeMap<>(Long::compareUnsigned);
    sorted.putAll(seqs);
    for (Map.Entry<Long, Long> entry : sorted.entrySet()) {
      if (entry.getValue() < 0) {
        throw new IllegalArgumentException("a session token has no negative seq");
      }
    }
    seqs = Collections.unmodifiableSortedMap(sorted);
  }

  /**
   * Reads a header.
   *
   * @throws IllegalArgumentException where it is no token, or longer than {@link #MAX_LENGTH}
   */
  public static SessionToken parse(String header) {
    if (header.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a session token has at most " + MAX_LENGTH + " characters, this one " + header.length());
    }
    if (header.indexOf('=') >= 0) {
      throw new IllegalArgumentException("a session token has no padding");
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(header);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("a session token is base64url", malformed);
    }
    if (bytes.length % PAIR_BYTES != 0) {
      throw new IllegalArgumentException("a session token is a sequence of 16-byte pairs");
    }
    SortedMap<Long, Long> seqs = new TreeMap<>(Long::compareUnsigned);
    ByteBuffer pairs = ByteBuffer.wrap(bytes);
    while (pairs.hasRemaining()) {
      long actor = pairs.getLong();
      if (!seqs.isEmpty() && Long.compareUnsigned(seqs.lastKey(), actor) >= 0) {
        throw new IllegalArgumentException("the actors of a session token ascend");
      }
      seqs.put(actor, pairs.getLong());
    }
    return new SessionToken(seqs);
  }

  /**
   * The header's value.
   *
   * @throws IllegalStateException where it would be longer than {@link #MAX_LENGTH}; {@link #fits}
   *     tells before
   */
  public String format() {
    if (!fits()) {
      throw new IllegalStateException(
          "a vector of " + seqs.size() + " actors does not fit into a session token");
    }
    ByteBuffer pairs = ByteBuffer.allocate(seqs.size() * PAIR_BYTES);
    seqs.forEach((actor, seq) -> pairs.putLong(actor).putLong(seq));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(pairs.array());
  }

  /** Whether {@link #format} stays within {@link #MAX_LENGTH}. */
  public boolean fits() {
    return seqs.size() <= MAX_ACTORS;
  }

  /** Whether something is left out since every node holds it. */
  public boolean leavesOut() {
    return seqs.containsKey(EVERYWHERE);
  }

  /** The actors, with their seqs, of which the other covers less. */
  public SessionToken beyond(SessionToken other) {
    SortedMap<Long, Long> beyond = new TreeMap<>(seqs);
    beyond.entrySet().removeIf(e -> other.seqs.getOrDefault(e.getKey(), 0L) >= e.getValue());
    return new SessionToken(beyond);
  }

  /** The smallest token that covers both: the higher seq of each actor. */
  public SessionToken merge(SessionToken other) {
    if (other.seqs.isEmpty() || equals(other)) {
      return this;
    }
    SortedMap<Long, Long> merged = new TreeMap<>(seqs);
    other.seqs.forEach((actor, seq) -> merged.merge(actor, seq, Math::max));
    return new SessionToken(merged);
  }
}
