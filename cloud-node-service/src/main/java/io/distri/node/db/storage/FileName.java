package io.distri.node.db.storage;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file of the journal.
 *
 * @param kind what is in it
 * @param number of a log the number of its first frame; of a snapshot that of the first frame which
 *     isn't in it
 */
record FileName(Kind kind, long number) {

  enum Kind {
    LOG("log-", ""),
    SNAPSHOT("snapshot-", ""),
    /** A snapshot that is being written, or was when the process ended. */
    UNFINISHED("snapshot-", ".tmp");

    private final String before;
    private final String after;

    Kind(String before, String after) {
      this.before = before;
      this.after = after;
    }
  }

  /** Null for a name that the journal doesn't give. */
  static @Nullable FileName parse(String name) {
    for (Kind kind : Kind.values()) {
      if (name.matches(kind.before + "[0-9a-f]{16}" + kind.after)) {
        int from = kind.before.length();
        return new FileName(kind, HexFormat.fromHexDigitsToLong(name, from, from + 16));
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return kind.before + HexFormat.of().toHexDigits(number) + kind.after;
  }
}
