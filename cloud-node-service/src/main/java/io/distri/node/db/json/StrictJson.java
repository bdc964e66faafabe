package io.distri.node.db.json;

import io.distri.protocol.ProblemType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reader and writer of JSON (RFC 8259): one value in UTF-8 without a byte order mark, no key
 * twice in an object. Numbers stay as they were written, digit for digit. Half of a surrogate pair
 * has no UTF-8: written as an escape it is kept, and read back as an escape. Thread-safe.
 *
 * <p>{@link #read} is for what comes from outside, and has limits: {@link #MAX_DEPTH}, {@link
 * #MAX_KEY_CHARS}, {@link #MAX_NUMBER_CHARS}, {@link #MAX_MAGNITUDE}. {@link #stored} is for what
 * was taken in, by this or an earlier version, and has no limits on keys and numbers.
 */
public final class StrictJson {
  /** How many objects and arrays may lie within each other. */
  public static final int MAX_DEPTH = 64;

  /** The longest key, in UTF-16 code units: with less than the 50,000 bytes that Jackson takes. */
  public static final int MAX_KEY_CHARS = 16_384;

  /** The longest number: what Jackson takes unless it is told otherwise. */
  public static final int MAX_NUMBER_CHARS = 1000;

  /**
   * How far the first digit of a number may stand before or behind the point: farther than that of
   * any decimal number that programs calculate with (IEEE 754: 6144), and near enough to write the
   * number out.
   */
  public static final int MAX_MAGNITUDE = 9999;

  /** Strangers' keys are not kept for the next parser, and the limits are {@link TreeReader}'s. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(Integer.MAX_VALUE)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .build();

  private StrictJson() {}

  /**
   * Reads the one value that the bytes hold.
   *
   * @throws InvalidInputException {@code MALFORMED_JSON} where they don't hold one, or break a
   *     limit
   */
  public static JsonNode read(byte[] json) {
    return read(json, MAX_DEPTH, true);
  }

  /**
   * Reads what was taken in once, whatever the limits of that time were.
   *
   * @param around how many objects and arrays were put around it since
   * @throws InvalidInputException {@code MALFORMED_JSON} where it is no value
   */
  public static JsonNode stored(byte[] json, int around) {
    return read(json, MAX_DEPTH + around, false);
  }

  private static JsonNode read(byte[] json, int maxDepth, boolean limited) {
    try (JsonParser parser = MAPPER.createParser(text(json))) {
      return new TreeReader(parser, maxDepth, limited).read();
    } catch (JacksonException malformed) {
      throw malformed(malformed.getOriginalMessage(), malformed.getLocation());
    }
  }

  /** Jackson's own decoder takes bytes that are no UTF-8. */
  private static String text(byte[] json) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException malformed) {
      throw malformed("the text is not UTF-8", null);
    }
  }

  /** Writes a value compactly as UTF-8, keys in the order in which they were read. */
  public static byte[] write(JsonNode tree) {
    return MAPPER.writeValueAsBytes(tree);
  }

  static InvalidInputException malformed(String what, @Nullable TokenStreamLocation at) {
    String where =
        at == null || at.getLineNr() < 1
            ? ""
            : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    return new InvalidInputException(
        ProblemType.MALFORMED_JSON, "not acceptable as JSON: " + what + where);
  }
}
