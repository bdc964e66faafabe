package io.distri.node.db.json;

import io.distri.protocol.ProblemType;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds the tree of one value out of a parser's tokens, within limits. For one thread. */
final class TreeReader {
  /** An integer of so many characters fits in a {@code long}, and is spelt in one way only. */
  private static final int LONG_CHARS = 18;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;
  private final int maxDepth;
  private final boolean limited;

  /**
   * @param maxDepth how many objects and arrays may lie within each other
   * @param limited whether keys and numbers have to be within the limits of {@link StrictJson}
   */
  TreeReader(JsonParser parser, int maxDepth, boolean limited) {
    this.parser = parser;
    this.maxDepth = maxDepth;
    this.limited = limited;
  }

  /**
   * Reads the only value that there is.
   *
   * @throws InvalidInputException where there is none or more, or it breaks a limit
   * @throws tools.jackson.core.JacksonException where it is no JSON
   */
  JsonNode read() {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new InvalidInputException(ProblemType.MALFORMED_JSON, "there is no JSON value");
    }
    JsonNode value = value(first, 0);
    if (parser.nextToken() != null) {
      throw bad("something follows the value");
    }
    return value;
  }

  private JsonNode value(JsonToken token, int depth) {
    return switch (token) {
      case START_OBJECT -> object(deeper(depth));
      case START_ARRAY -> array(deeper(depth));
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token, parser.getString());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw bad("there is no value");
    };
  }

  private int deeper(int depth) {
    if (depth == maxDepth) {
      throw bad("at most " + maxDepth + " objects and arrays may lie within each other");
    }
    return depth + 1;
  }

  private ObjectNode object(int depth) {
    ObjectNode object = NODES.objectNode();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      if (limited && name.length() > StrictJson.MAX_KEY_CHARS) {
        throw bad("a key has at most " + StrictJson.MAX_KEY_CHARS + " characters");
      }
      if (object.has(name)) {
        throw bad("Duplicate key '%.100s' in an object".formatted(name));
      }
      object.set(name, value(parser.nextToken(), depth));
    }
    return object;
  }

  private ArrayNode array(int depth) {
    ArrayNode array = NODES.arrayNode();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(value(token, depth));
    }
    return array;
  }

  private JsonNode number(JsonToken token, String text) {
    if (token == JsonToken.VALUE_NUMBER_INT && text.length() <= LONG_CHARS && !text.equals("-0")) {
      return NODES.numberNode(Long.parseLong(text));
    }
    if (limited && text.length() > StrictJson.MAX_NUMBER_CHARS) {
      throw bad("a number has at most " + StrictJson.MAX_NUMBER_CHARS + " characters");
    }
    if (limited && Math.abs(Decimal.parse(text).magnitude()) > StrictJson.MAX_MAGNITUDE) {
      throw bad(
          "the first digit of a number stands at most %s places before or behind the point"
              .formatted(StrictJson.MAX_MAGNITUDE));
    }
    return new WrittenNumber(text);
  }

  private InvalidInputException bad(String what) {
    return StrictJson.malformed(what, parser.currentLocation());
  }
}
