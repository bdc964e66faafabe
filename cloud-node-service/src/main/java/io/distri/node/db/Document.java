package io.distri.node.db;

import io.distri.node.db.json.ContentDigest;
import io.distri.node.db.json.InvalidInputException;
import io.distri.node.db.json.JsonOrder;
import io.distri.node.db.json.StrictJson;
import io.distri.protocol.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document as a client hands it in: a JSON object within the limits, with or without a {@code
 * UUID} of 1 to 256 characters. Immutable.
 */
public final class Document {
  /**
   * The longest document, in bytes as handed in, its UUID not counted: so one that got its UUID
   * here can be written back.
   */
  public static final int MAX_BYTES = 256 * 1024;

  /**
   * More than any version has stored: 0.1 respelt what it took, at worst in three times the room.
   */
  private static final int MAX_STORED_BYTES = 4 * MAX_BYTES;

  /** The longest UUID, in UTF-16 code units. */
  public static final int MAX_UUID_CHARS = 256;

  static final String UUID = "UUID";

  /** What reads add where they are asked to; a document can't bring fields of these names. */
  static final String VERSION = "_version";

  static final String CONFLICTS = "_conflicts";

  private final ObjectNode tree;

  private Document(ObjectNode tree) {
    this.tree = tree;
  }

  /**
   * Reads a document.
   *
   * @throws InvalidInputException where it is too long, no JSON, no object, or has a UUID that
   *     isn't one or a field that only reads may add
   */
  public static Document parse(byte[] json) {
    Document document = of(StrictJson.read(json));
    checkLength(json.length - document.uuidBytes(), MAX_BYTES);
    return document;
  }

  /**
   * Reads a document as it was stored, where it may have become longer than clients hand it in.
   *
   * @throws InvalidInputException where it isn't one, has no UUID or is longer than any version
   *     stores it
   */
  public static Document stored(DocumentBody body) {
    checkLength(body.sizeBytes(), MAX_STORED_BYTES);
    Document document = of(body.tree());
    if (document.uuid().isEmpty()) {
      throw new InvalidInputException(
          ProblemType.MALFORMED_REQUEST, "a stored document has a UUID");
    }
    return document;
  }

  private static void checkLength(int bytes, int most) {
    if (bytes > most) {
      throw new InvalidInputException(
          ProblemType.BODY_TOO_LARGE,
          "a document has at most " + most + " bytes, this one " + bytes);
    }
  }

  private static Document of(JsonNode json) {
    if (!(json instanceof ObjectNode tree)) {
      throw new InvalidInputException(
          ProblemType.NOT_AN_OBJECT,
          "a document is a JSON object, such as {\"name\": \"cat.jpg\"}");
    }
    for (String reserved : List.of(VERSION, CONFLICTS)) {
      if (tree.has(reserved)) {
        throw new InvalidInputException(
            ProblemType.MALFORMED_REQUEST,
            "'"
                + reserved
                + "' is what a read adds to a document: leave it out (to update just the version"
                + " that was read, pass it as ifVersion)");
      }
    }
    JsonNode uuid = tree.get(UUID);
    if (uuid != null && !(uuid.isString() && isUuid(uuid.stringValue()))) {
      throw new InvalidInputException(
          ProblemType.BAD_NAME,
          "a UUID is a string of 1 to " + MAX_UUID_CHARS + " Unicode characters");
    }
    return new Document(tree);
  }

  /** The document's UUID; empty where one is still to be chosen. */
  public Optional<String> uuid() {
    JsonNode uuid = tree.get(UUID);
    return uuid == null ? Optional.empty() : Optional.of(uuid.stringValue());
  }

  /** What the UUID takes of the document where it is not spelt with more escapes than needed. */
  private int uuidBytes() {
    JsonNode uuid = tree.get(UUID);
    return uuid == null ? 0 : ("\"" + UUID + "\":,").length() + StrictJson.write(uuid).length;
  }

  /** This document with the UUID as its first field, instead of one that it may have. */
  Document withUuid(String uuid) {
    ObjectNode named = JsonNodeFactory.instance.objectNode().put(UUID, uuid);
    for (var field : tree.properties()) {
      if (!field.getKey().equals(UUID)) {
        named.set(field.getKey(), field.getValue());
      }
    }
    return new Document(named);
  }

  /** The form in which it is stored. */
  DocumentBody body() {
    return DocumentBody.of(StrictJson.write(tree));
  }

  /** A digest of the content under the name of what is to be done with it. */
  ContentDigest digest(String operation) {
    return ContentDigest.of(operation, tree);
  }

  /** Whether a stored document says the same, however it is spelt. */
  boolean hasContentOf(DocumentBody stored) {
    return JsonOrder.INSTANCE.compare(tree, stored.tree()) == 0;
  }

  private static boolean isUuid(String uuid) {
    return !uuid.isEmpty()
        && uuid.length() <= MAX_UUID_CHARS
        && StandardCharsets.UTF_8.newEncoder().canEncode(uuid);
  }
}
