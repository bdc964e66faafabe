package io.distri.node.db;

import io.distri.node.db.filter.Filter;
import io.distri.node.db.json.ContentDigest;
import io.distri.node.db.json.InvalidInputException;
import io.distri.protocol.ProblemType;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The place in a scan where the next page starts, good on every node: after a UUID, whatever is
 * written meanwhile. A document that is there during the whole scan so comes exactly once.
 *
 * @param query a digest of collection and filter: the cursor is good for no others
 * @param epoch the collection's, see {@link CollectionState#epoch()}
 * @param after the last UUID of the page before
 * @param session what the first page had seen; a node that lacks any of it must catch up first
 */
public record Cursor(ContentDigest query, long epoch, String after, VersionVector session) {
  private static final byte FORMAT = 1;

  /** The longest text: a vector that fills a session token, the longest UUID, the rest. */
  private static final int MAX_LENGTH = 20_000;

  /** Where a scan of the collection goes on after a document. */
  static Cursor after(String uuid, Query query, long epoch, VersionVector session) {
    return new Cursor(digest(query.collection(), query.filter()), epoch, uuid, session);
  }

  /** The text for the client; opaque to it. */
  public String toText() {
    byte[] uuid = after.getBytes(StandardCharsets.UTF_8);
    byte[] vector = session.toBytes();
    ByteBuffer bytes =
        ByteBuffer.allocate(1 + 3 * Long.BYTES + Short.BYTES + uuid.length + vector.length)
            .put(FORMAT)
            .putLong(query.high())
            .putLong(query.low())
            .putLong(epoch)
            .putShort((short) uuid.length)
            .put(uuid)
            .put(vector);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Reads {@link #toText()} for the collection and filter that it comes with.
   *
   * @throws InvalidInputException {@code BAD_CURSOR} where it is no cursor, or one of another scan
   */
  public static Cursor parse(String text, String collection, Filter filter) {
    Cursor cursor = parse(text);
    if (!cursor.query.equals(digest(collection, filter))) {
      throw bad("the cursor belongs to another collection or filter");
    }
    return cursor;
  }

  private static Cursor parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw bad("a cursor has at most " + MAX_LENGTH + " characters");
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.get() != FORMAT) {
        throw bad("the cursor is of another version of Distri: start again without it");
      }
      ContentDigest query = new ContentDigest(bytes.getLong(), bytes.getLong());
      long epoch = bytes.getLong();
      byte[] uuid = new byte[Short.toUnsignedInt(bytes.getShort())];
      bytes.get(uuid);
      byte[] vector = new byte[bytes.remaining()];
      bytes.get(vector);
      return new Cursor(
          query, epoch, new String(uuid, StandardCharsets.UTF_8), VersionVector.ofBytes(vector));
    } catch (IllegalArgumentException | BufferUnderflowException malformed) {
      throw bad("this is not a cursor that a node gave out");
    }
  }

  private static ContentDigest digest(String collection, Filter filter) {
    return ContentDigest.of((collection + "\n" + filter.digest()).getBytes(StandardCharsets.UTF_8));
  }

  private static InvalidInputException bad(String detail) {
    return new InvalidInputException(ProblemType.BAD_CURSOR, detail);
  }
}
