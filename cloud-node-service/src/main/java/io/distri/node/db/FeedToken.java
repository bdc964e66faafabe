package io.distri.node.db;

import io.distri.node.db.json.InvalidInputException;
import io.distri.protocol.ProblemType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the changes of a collection, good on every node that holds what it has seen.
 *
 * @param epoch the collection's
 * @param base digest of the base that {@code seen} leaves out
 * @param seen the writes whose effect was told, as a session, see {@link Coverage#session}
 */
public record FeedToken(long epoch, long base, VersionVector seen) {
  private static final Pattern FORMAT = Pattern.compile("(\\d+)\\.([0-9a-f]{1,16})\\.(.*)");

  static FeedToken of(long epoch, Coverage told) {
    return new FeedToken(epoch, told.baseDigest(), told.session(told.recent()));
  }

  /** The text for the client; opaque to it. */
  public String toText() {
    return epoch + "." + Long.toHexString(base) + "." + seen.toToken();
  }

  /**
   * Reads {@link #toText()}.
   *
   * @throws InvalidInputException {@code BAD_CURSOR} where it is none
   */
  public static FeedToken parse(String text) {
    Matcher parts = FORMAT.matcher(text);
    try {
      if (parts.matches()) {
        return new FeedToken(
            Long.parseLong(parts.group(1)),
            Long.parseUnsignedLong(parts.group(2), 16),
            VersionVector.ofToken(parts.group(3)));
      }
    } catch (IllegalArgumentException malformed) {
      throw bad();
    }
    throw bad();
  }

  private static InvalidInputException bad() {
    return new InvalidInputException(
        ProblemType.BAD_CURSOR, "this is not an event id of a change feed");
  }
}
