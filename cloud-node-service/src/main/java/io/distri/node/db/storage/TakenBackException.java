package io.distri.node.db.storage;

import java.io.IOException;

/** Something could not be written, and nothing of it is on disk. */
final class TakenBackException extends IOException {
  TakenBackException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
