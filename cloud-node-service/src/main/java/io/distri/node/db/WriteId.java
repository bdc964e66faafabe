package io.distri.node.db;

import io.distri.node.db.json.InvalidInputException;
import io.distri.protocol.ProblemType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rule for the names that clients give their writes ({@code Idempotency-Key}). */
final class WriteId {
  /** Every document keeps a few, so they are short: a UUID has 36 characters. */
  private static final Pattern ALLOWED = Pattern.compile("[!-~]{1,128}");

  private WriteId() {}

  /**
   * Accepts an id, or none.
   *
   * @throws InvalidInputException {@code MALFORMED_REQUEST} where it is none that may be
   */
  static void check(@Nullable String id) {
    if (id != null && !ALLOWED.matcher(id).matches()) {
      throw new InvalidInputException(
          ProblemType.MALFORMED_REQUEST,
          "an idempotency key is 1 to 128 visible characters of ASCII, without blanks");
    }
  }
}
