package io.distri.node.db.filter;

import io.distri.node.db.json.ContentDigest;
import io.distri.node.db.json.InvalidInputException;
import io.distri.node.db.json.StrictJson;
import io.distri.protocol.ProblemType;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Which documents of a collection are meant: a JSON object whose members all have to hold. The
 * language is a part of MongoDB's; docs/filters.md has every operator.
 *
 * <p>A member is a field and what its value must be: a plain value, <code>{"provider": "alice"}
 * </code>, means that very value; an object of operators combines {@code $eq $ne $gt $gte $lt $lte
 * $in $nin $exists $not}. {@code $and}, {@code $or}, {@code $nor} (lists of filters) and {@code
 * $not} (a filter) stand in place of a field.
 *
 * <ul>
 *   <li>A field is a path, {@code address.city}: each name enters an object. Where the path meets
 *       an array, a number enters the element at that position, from 0, and a name those elements
 *       that are objects. {@code \.}, {@code \$} and {@code \\} are a dot, a {@code $} and a
 *       backslash in a name.
 *   <li>A condition holds where the value at the path satisfies it, or, where that value is an
 *       array, the whole array or one of its elements does.
 *   <li>Ranges hold for values of the bound's type only.
 *   <li>A field that is missing equals {@code null}; {@code $exists} tells them apart.
 *   <li>{@code $ne}, {@code $nin}, {@code $nor} and {@code $not} hold exactly where their opposite
 *       doesn't, so for a missing field too.
 * </ul>
 *
 * <p>At most {@value #MAX_BYTES} bytes, {@value FilterParser#MAX_DEPTH} filters within each other,
 * {@value FilterParser#MAX_CLAUSES} conditions in all, of which an {@code $in} of 1000 values
 * counts as ten, {@value FilterParser#MAX_IN_VALUES} values in an {@code $in}, {@value
 * FilterParser#MAX_VALUES} values in all, {@value FilterParser#MAX_LONG_NUMBERS} numbers of more
 * than {@value FilterParser#LONG_NUMBER_CHARS} characters. So {@link #matches} makes about {@value
 * FilterParser#MAX_CLAUSES} comparisons at most for each value in a document, and each takes time
 * proportional to that value's size. Immutable and thread-safe.
 */
public final class Filter {
  /**
   * The longest filter: room for an {@code $in} of {@value FilterParser#MAX_IN_VALUES} of the
   * longest UUIDs, each of 256 characters of two bytes.
   */
  public static final int MAX_BYTES = 512 * 1024;

  /** The filter that every document satisfies. */
  public static final Filter EVERYTHING = of(JsonNodeFactory.instance.objectNode());

  private final Condition condition;
  private final ContentDigest digest;

  private Filter(Condition condition, ContentDigest digest) {
    this.condition = condition;
    this.digest = digest;
  }

  /**
   * Reads a filter; no bytes are {@link #EVERYTHING}.
   *
   * @throws InvalidInputException where it is too long, no JSON or no filter
   */
  public static Filter parse(byte[] json) {
    if (json.length == 0) {
      return EVERYTHING;
    }
    if (json.length > MAX_BYTES) {
      throw new InvalidInputException(
          ProblemType.BODY_TOO_LARGE,
          "a filter has at most " + MAX_BYTES + " bytes, this one " + json.length);
    }
    return of(StrictJson.read(json));
  }

  /** The filter that only the document with this UUID satisfies. */
  public static Filter uuid(String uuid) {
    return of(JsonNodeFactory.instance.objectNode().put(Condition.UUID, uuid));
  }

  private static Filter of(JsonNode json) {
    return new Filter(new FilterParser().parse(json), ContentDigest.of("filter", json));
  }

  /** Whether the document satisfies this filter. */
  public boolean matches(JsonNode document) {
    return condition.holds(document);
  }

  /**
   * Whether the filter leaves no document out, whatever is in them: it has no condition, however
   * that is written, or only such as every {@code UUID} satisfies, or a condition or its opposite.
   */
  public boolean isEmpty() {
    return condition.equals(Condition.EVERYTHING);
  }

  /** The UUID, where that is all that the filter asks for. */
  public Optional<String> exactUuid() {
    return condition instanceof Condition.Field(Path path, ValueTest.EqualTo(JsonNode operand))
            && path.first().equals(Condition.UUID)
        ? Optional.of(operand.stringValue())
        : Optional.empty();
  }

  /** A digest of what was written: the same for the same filter in another spelling. */
  public ContentDigest digest() {
    return digest;
  }
}
