package io.distri.node.db.json;

import io.distri.protocol.ProblemType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reader and writer of JSON from outside: one value, at most {@link #MAX_DEPTH} deep, no key
 * twice in an object, numbers kept as decimals of at most {@link #MAX_NUMBER_CHARS} characters.
 * Thread-safe.
 */
public final class StrictJson {
  /** How many objects and arrays may lie within each other. */
  public static final int MAX_DEPTH = 64;

  /**
   * Comparing and digesting a number costs time quadratic in its length, so the length is bound.
   */
  public static final int MAX_NUMBER_CHARS = 1000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_CHARS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private StrictJson() {}

  /**
   * Reads the one value that the bytes hold.
   *
   * @throws InvalidInputException {@code MALFORMED_JSON} where they don't hold one, or break a
   *     limit
   */
  public static JsonNode read(byte[] json) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(json);
    } catch (JacksonException malformed) {
      throw malformed(malformed);
    }
    if (tree.isMissingNode()) {
      throw new InvalidInputException(ProblemType.MALFORMED_JSON, "there is no JSON value");
    }
    return tree;
  }

  /**
   * Writes a value compactly as UTF-8, keys in the order in which they were read.
   *
   * @throws InvalidInputException {@code MALFORMED_JSON} where a string holds half a surrogate pair
   */
  public static byte[] write(JsonNode tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JacksonException unwritable) {
      throw malformed(unwritable);
    }
  }

  private static InvalidInputException malformed(JacksonException cause) {
    TokenStreamLocation at = cause.getLocation();
    String where =
        at == null || at.getLineNr() < 1
            ? ""
            : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    return new InvalidInputException(
        ProblemType.MALFORMED_JSON,
        "not acceptable as JSON: " + cause.getOriginalMessage() + where);
  }
}
