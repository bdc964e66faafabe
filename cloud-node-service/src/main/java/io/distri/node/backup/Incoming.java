package io.distri.node.backup;

/**
 * Documents on their way into the DB. They become new writes, whatever they were before.
 *
 * @param page at most 8 MiB in CBOR
 * @param existing what becomes of documents whose UUID is there already with other content
 * @param dryRun whether to say only what would be done
 */
public record Incoming(BackupPage page, Existing existing, boolean dryRun) {

  /** What becomes of a document that is there already with other content. */
  public enum Existing {
    /** It stays, and is told as a conflict. */
    KEEP,
    /** It is replaced. */
    REPLACE
  }
}
