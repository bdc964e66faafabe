package io.distri.node.db;

import io.distri.node.db.json.ContentDigest;
import io.distri.node.db.json.InvalidInputException;
import io.distri.protocol.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A document on its way into the DB: everything about it that doesn't depend on what the DB holds.
 *
 * @param document with its UUID
 * @param body the document as it will be stored
 * @param writeId the client's name for the write; null where it gave none
 * @param digest of the request, to tell its repetition from another one of the same name
 */
record DocumentWrite(
    String collection,
    String uuid,
    Document document,
    DocumentBody body,
    @Nullable String writeId,
    ContentDigest digest) {

  /**
   * An addition. A document without a UUID gets a random one, or, where the write has a name, one
   * that follows from the name: so a retry at another node adds the same document.
   */
  static DocumentWrite add(
      String collection, Document document, @Nullable String writeId, Supplier<String> uuids) {
    String uuid =
        document
            .uuid()
            .orElseGet(() -> writeId == null ? uuids.get() : uuidOf(collection, writeId));
    return of("add", collection, document, uuid, writeId);
  }

  /**
   * An update.
   *
   * @throws InvalidInputException where the document has no UUID
   */
  static DocumentWrite update(String collection, Document document, @Nullable String writeId) {
    String uuid =
        document
            .uuid()
            .orElseThrow(() ->
                new InvalidInputException(
                    ProblemType.MALFORMED_REQUEST,
                    "an update says in its field 'UUID' which document it replaces"));
    return of("update", collection, document, uuid, writeId);
  }

  private static DocumentWrite of(
      String operation,
      String collection,
      Document document,
      String uuid,
      @Nullable String writeId) {
    WriteId.check(writeId);
    Document named = document.uuid().isPresent() ? document : document.withUuid(uuid);
    return new DocumentWrite(
        collection, uuid, named, named.body(), writeId, named.digest(operation));
  }

  /** A UUID of version 8, RFC 9562: 122 bits of a hash. */
  private static String uuidOf(String collection, String writeId) {
    ContentDigest hash =
        ContentDigest.of((collection + "\n" + writeId).getBytes(StandardCharsets.UTF_8));
    return new UUID(
            (hash.high() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L,
            (hash.low() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L)
        .toString();
  }
}
