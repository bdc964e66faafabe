package io.distri.node.db.json;

import io.distri.protocol.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The first 128 bits of the SHA-256 of a JSON value: equal for values that {@link JsonOrder} finds
 * equal, whatever their spelling, and for no others that anyone will meet.
 *
 * @param high the first 8 bytes, big-endian
 * @param low the next 8 bytes
 */
public record ContentDigest(long high, long low) {

  /**
   * The digest of a value in a context: the same value under another label has another digest.
   *
   * @param label what the value is for, such as the name of an operation
   */
  public static ContentDigest of(String label, JsonNode value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream canonical = new DataOutputStream(bytes)) {
      writeText(canonical, label);
      write(canonical, value);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return of(bytes.toByteArray());
  }

  /** The digest of plain bytes. */
  public static ContentDigest of(byte[] bytes) {
    ByteBuffer hash = ByteBuffer.wrap(Sha256.of(bytes));
    return new ContentDigest(hash.getLong(), hash.getLong());
  }

  /**
   * Each value is a type, a length where the type leaves it open, and the content: no two collide.
   */
  private static void write(DataOutputStream out, JsonNode value) throws IOException {
    switch (value.getNodeType()) {
      case NULL -> out.writeByte('z');
      case BOOLEAN -> out.writeByte(value.booleanValue() ? 't' : 'f');
      case NUMBER -> {
        Decimal number = WrittenNumber.valueOf(value);
        byte[] digits = number.unscaled().toByteArray();
        out.writeByte('n');
        out.writeInt(Math.clamp(number.scale(), Integer.MIN_VALUE, Integer.MAX_VALUE));
        out.writeInt(digits.length);
        out.write(digits);
      }
      case STRING -> {
        out.writeByte('s');
        writeText(out, value.stringValue());
      }
      case ARRAY -> {
        out.writeByte('a');
        out.writeInt(value.size());
        for (JsonNode element : value) {
          write(out, element);
        }
      }
      case OBJECT -> {
        out.writeByte('o');
        out.writeInt(value.size());
        Map<String, JsonNode> members = new TreeMap<>();
        value.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        for (Map.Entry<String, JsonNode> member : members.entrySet()) {
          writeText(out, member.getKey());
          write(out, member.getValue());
        }
      }
      default -> throw new IllegalArgumentException(value.getNodeType() + " is no JSON");
    }
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    // Code units and not UTF-8, which has no spelling of half a surrogate pair.
    ByteBuffer codeUnits = ByteBuffer.allocate(text.length() * Character.BYTES);
    codeUnits.asCharBuffer().put(text);
    out.writeInt(codeUnits.capacity());
    out.write(codeUnits.array());
  }
}
