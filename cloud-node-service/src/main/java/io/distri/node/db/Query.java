package io.distri.node.db;

import io.distri.node.db.filter.Filter;
import io.distri.node.db.json.InvalidInputException;
import io.distri.protocol.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * What to read of a collection.
 *
 * @param limit how many documents at most; {@link #UNLIMITED} for all
 * @param cursor where to go on; null for the start
 */
public record Query(String collection, Filter filter, int limit, @Nullable Cursor cursor) {
  /** The limit of those who want everything. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  public Query {
    if (limit < 1) {
      throw new InvalidInputException(
          ProblemType.MALFORMED_REQUEST, "the limit is a number from 1 on, not " + limit);
    }
  }

  /** Everything that satisfies the filter. */
  public static Query all(String collection, Filter filter) {
    return new Query(collection, filter, UNLIMITED, null);
  }
}
