package io.distri.node.db;

import io.distri.node.db.json.InvalidInputException;
import io.distri.protocol.ProblemType;

/**
 * A place in the changes of a collection, good on every node that holds what it has seen.
 *
 * @param epoch the collection's
 * @param seen the writes whose effect was told
 */
public record FeedToken(long epoch, VersionVector seen) {
  private static final char SEPARATOR = '.';

  /** The text for the client; opaque to it. */
  public String toText() {
    return epoch + String.valueOf(SEPARATOR) + seen.toToken();
  }

  /**
   * Reads {@link #toText()}.
   *
   * @throws InvalidInputException {@code BAD_CURSOR} where it is none
   */
  public static FeedToken parse(String text) {
    try {
      int separator = text.indexOf(SEPARATOR);
      return new FeedToken(
          Long.parseLong(text.substring(0, Math.max(0, separator))),
          VersionVector.ofToken(text.substring(separator + 1)));
    } catch (IllegalArgumentException malformed) {
      throw new InvalidInputException(
          ProblemType.BAD_CURSOR, "this is not an event id of a change feed");
    }
  }
}
