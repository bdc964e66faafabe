package io.distri.node.db.storage;

import java.io.IOException;
import java.nio.file.Path;

/** A data directory that another node has open. */
final class DirectoryInUseException extends IOException {
  DirectoryInUseException(Path path) {
    super("another running node uses " + path);
  }
}
