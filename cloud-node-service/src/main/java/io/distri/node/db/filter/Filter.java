package io.distri.node.db.filter;

import io.distri.node.db.json.ContentDigest;
import io.distri.node.db.json.StrictJson;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Which documents of a collection are meant: a JSON object whose members all have to hold.
 *
 * <p>A member is a field and what its value must be: a plain value, <code>{"provider": "alice"}
 * </code>, means that very value; an object of operators combines {@code $eq $ne $gt $gte $lt $lte
 * $in $exists $not}. {@code $and}, {@code $or} (lists of filters) and {@code $not} (a filter) stand
 * in place of a field. Values compare by {@link io.distri.node.db.json.JsonOrder}, across types
 * too: <code>{"$gt": 5}</code> holds for every string.
 *
 * <ul>
 *   <li>A field is a path, {@code address.city}: each name enters an object. Where the path meets
 *       an array, it goes into those of its elements that are objects.
 *   <li>A condition holds where the value at the path satisfies it, or, where that value is an
 *       array, the whole array or one of its elements does.
 *   <li>A field that is missing satisfies nothing but <code>{"$exists": false}</code>; it is not
 *       {@code null}, which is a value.
 *   <li>{@code $ne} and {@code $not} hold exactly where their opposite doesn't, so for a missing
 *       field too.
 * </ul>
 *
 * <p>At most {@value FilterParser#MAX_DEPTH} filters within each other, {@value
 * FilterParser#MAX_CLAUSES} conditions in all, {@value FilterParser#MAX_IN_VALUES} values in an
 * {@code $in}. Immutable and thread-safe.
 */
public final class Filter {
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
   * @throws io.distri.node.db.json.InvalidInputException where it is no JSON or no filter
   */
  public static Filter parse(byte[] json) {
    if (json.length == 0) {
      return EVERYTHING;
    }
    FilterParser.checkLength(json);
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

  /** Whether the filter says nothing, so that every document satisfies it. */
  public boolean isEmpty() {
    return condition instanceof Condition.All all && all.parts().isEmpty();
  }

  /** The UUID, where that is all that the filter asks for. */
  public Optional<String> exactUuid() {
    return condition.exactUuid();
  }

  /** A digest of what was written: the same for the same filter in another spelling. */
  public ContentDigest digest() {
    return digest;
  }
}
