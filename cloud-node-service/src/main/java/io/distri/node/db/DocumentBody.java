package io.distri.node.db;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.distri.node.db.json.StrictJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/**
 * A stored document: a JSON object as compact UTF-8, its {@code UUID} in it. Kept as bytes, since
 * that is how it is stored, compared and sent most of the time. Immutable.
 */
public final class DocumentBody implements Comparable<DocumentBody> {
  private final byte[] json;

  private DocumentBody(byte[] json) {
    this.json = json;
  }

  /**
   * Wraps bytes that are such an object already.
   *
   * @param json not to be changed afterwards
   */
  @JsonCreator
  public static DocumentBody of(byte[] json) {
    if (json.length < 2 || json[0] != '{' || json[json.length - 1] != '}') {
      throw new IllegalArgumentException("a document's body is a compact JSON object");
    }
    return new DocumentBody(json);
  }

  /** The document as a tree of its own. */
  public JsonNode tree() {
    return StrictJson.stored(json, 0);
  }

  /**
   * The UUID in it, found by reading it all.
   *
   * @throws io.distri.node.db.json.InvalidInputException where it is no document with a UUID
   */
  public String uuid() {
    return Document.stored(this).uuid().orElseThrow();
  }

  /** The bytes, a copy. */
  @JsonValue
  public byte[] toBytes() {
    return json.clone();
  }

  /** Writes the bytes. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(json);
  }

  /** Writes the bytes without the closing brace, for those who have members to add. */
  void writeOpenTo(OutputStream out) throws IOException {
    out.write(json, 0, json.length - 1);
  }

  /** How many bytes it has. */
  public int sizeBytes() {
    return json.length;
  }

  /** By bytes, which says nothing of the documents: an order that is the same everywhere. */
  @Override
  public int compareTo(DocumentBody other) {
    return Arrays.compareUnsigned(json, other.json);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DocumentBody body && Arrays.equals(json, body.json);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(json);
  }
}
