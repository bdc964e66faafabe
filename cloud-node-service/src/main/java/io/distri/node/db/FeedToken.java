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
 * @param partly whether of the documents that were there only some were told: all are told again
 *     then, but of deletions only those since
 */
public record FeedToken(long epoch, long base, VersionVector seen, boolean partly) {
  private static final Pattern FORMAT =
      Pattern.compile("(\\d+)\\.([0-9a-f]{1,16})\\.([^.]*)(\\.partly)?");

  static FeedToken of(long epoch, Coverage told) {
    return new FeedToken(epoch, told.baseDigest(), told.session(told.recent()), false);
  }

  /** The place of a listener that may have been told only some of what comes before this one. */
  public FeedToken onlyPartly() {
    return new FeedToken(epoch, base, seen, true);
  }

  /** The text for the client; opaque to it. */
  public String toText() {
    return epoch + "." + Long.toHexString(base) + "." + seen.toToken() + (partly ? ".partly" : "");
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
            VersionVector.ofToken(parts.group(3)),
            parts.group(4) != null);
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
