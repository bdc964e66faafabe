package io.distri.node.db;

import io.distri.node.db.json.ContentDigest;
import io.distri.node.db.json.InvalidInputException;
import io.distri.protocol.ProblemType;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What makes a repeated request recognisable.
 *
 * @param id the client's name for the write ({@code Idempotency-Key})
 * @param digest of what is asked for, so that another request of the same name is noticed
 */
record WriteName(String id, ContentDigest digest) {
  /** Every document keeps a few, so they are short: a UUID has 36 characters. */
  private static final Pattern ALLOWED = Pattern.compile("[!-~]{1,128}");

  /**
   * The name of a request; null where the client gave none.
   *
   * @throws InvalidInputException {@code MALFORMED_REQUEST} where the id can't be one
   */
  static @Nullable WriteName of(@Nullable String id, Supplier<ContentDigest> digest) {
    if (id == null) {
      return null;
    }
    if (!ALLOWED.matcher(id).matches()) {
      throw new InvalidInputException(
          ProblemType.MALFORMED_REQUEST,
          "an idempotency key is 1 to 128 visible characters of ASCII, without blanks");
    }
    return new WriteName(id, digest.get());
  }

  /** The record of the write that was made of the request. */
  RememberedWrite remember(Dot dot, long hlc, int affected) {
    return new RememberedWrite(id, digest, dot, hlc, affected);
  }
}
