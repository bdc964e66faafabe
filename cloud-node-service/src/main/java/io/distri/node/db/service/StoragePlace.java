package io.distri.node.db.service;

import io.distri.node.db.Journal;
import io.distri.node.db.storage.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the DB is kept: in a directory, or in memory only. */
final class StoragePlace implements AutoCloseable {
  private final @Nullable DataDirectory directory;

  /**
   * @param dataDir null for memory only
   */
  StoragePlace(@Nullable Path dataDir) {
    this.directory = dataDir == null ? null : DataDirectory.open(dataDir);
  }

  /** Makes the DB of what is kept. */
  <T> T read(Function<Journal, T> read) {
    return directory == null ? read.apply(Journal.NONE) : directory.read(read);
  }

  @Override
  public void close() throws IOException {
    if (directory != null) {
      directory.close();
    }
  }
}
