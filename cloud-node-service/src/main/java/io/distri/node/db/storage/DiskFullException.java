package io.distri.node.db.storage;

import java.io.IOException;

/** There is no room left for what was to be written. */
final class DiskFullException extends IOException {
  DiskFullException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
