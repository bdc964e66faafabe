package io.distri.node.db.storage;

import java.io.IOException;

/** Something is wrong with what was safely on disk: it was changed or removed since. */
final class CorruptException extends IOException {
  CorruptException(String message) {
    super(message);
  }
}
