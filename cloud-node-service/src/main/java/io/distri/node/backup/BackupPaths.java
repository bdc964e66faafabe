package io.distri.node.backup;

/** Where operators find it, on the internal port. */
public final class BackupPaths {
  /** Answers with a backup of the node's DB. */
  public static final String BACKUP = "/internal/admin/backup";

  /** Takes {@link Incoming} and answers {@link Taken}. */
  public static final String RESTORE = "/internal/admin/restore";

  private BackupPaths() {}
}
