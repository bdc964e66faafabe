package io.distri.node.backup;

import org.jspecify.annotations.Nullable;

/**
 * Documents on their way into the DB. They become new writes, whatever they were before.
 *
 * @param page at most 8 MiB in CBOR
 * @param existing what becomes of documents whose UUID is there already with other content
 * @param dryRun whether to say only what would be done
 * @param before how many bytes the pages before this one need, where a dry run has to find room for
 *     this one too, see {@link Taken#needed}; else null
 */
public record Incoming(BackupPage page, Existing existing, boolean dryRun, @Nullable Long before) {

  public Incoming(BackupPage page, Existing existing, boolean dryRun) {
    this(page, existing, dryRun, null);
  }

  /** What becomes of a document that is there already with other content. */
  public enum Existing {
    /** It stays, and is told as a conflict. */
    KEEP,
    /** It is replaced. */
    REPLACE
  }
}
