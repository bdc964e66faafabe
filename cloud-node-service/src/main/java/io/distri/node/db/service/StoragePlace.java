package io.distri.node.db.service;

import io.distri.node.db.Journal;
import io.distri.node.db.storage.DataDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the DB is kept: in a directory, or in memory only. */
final class StoragePlace implements AutoCloseable {
  private final @Nullable DataDirectory directory;
  private final MeterRegistry meters;

  /**
   * @param dataDir null for memory only
   */
  StoragePlace(@Nullable Path dataDir, MeterRegistry meters) {
    this.directory = dataDir == null ? null : DataDirectory.open(dataDir);
    this.meters = meters;
  }

  /** Makes the DB of what is kept. */
  <T> T read(Function<Journal, T> read) {
    if (directory == null) {
      return read.apply(Journal.NONE);
    }
    Timer writing =
        Timer.builder("distri.db.log.write")
            .description("how long a group of changes takes until it is safe on the disk")
            .register(meters);
    return directory.read(journal -> read.apply(new TimedJournal(journal, writing)));
  }

  @Override
  public void close() throws IOException {
    if (directory != null) {
      directory.close();
    }
  }
}
