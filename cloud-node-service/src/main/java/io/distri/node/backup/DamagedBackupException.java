package io.distri.node.backup;

import java.io.IOException;

/** A file that is no backup, or no longer the one that was written. The message says which. */
public final class DamagedBackupException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedBackupException(String sentence) {
    super(sentence);
  }
}
