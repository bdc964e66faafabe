package io.distri.node.db.storage;

import io.distri.node.db.Journal;
import io.distri.node.start.NodeStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * The directory in which a node keeps its DB, from the start to the end of the process. Nobody else
 * can open it meanwhile.
 */
public final class DataDirectory implements AutoCloseable {
  /** Below this a log is read in half a second, and replacing it is not worth the writing. */
  private static final long SMALLEST_LOG_BYTES = 64 << 20;

  private final Path path;
  private final Directory directory;
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("db-snapshot").factory());

  private DataDirectory(Path path, Directory directory) {
    this.path = path;
    this.directory = directory;
  }

  /**
   * Opens a directory, and makes it where it isn't there.
   *
   * @throws NodeStartException where that can't be
   */
  public static DataDirectory open(Path path) {
    try {
      return new DataDirectory(path, Directory.open(path));
    } catch (DirectoryInUseException e) {
      throw new NodeStartException(
          "distri.node.db.data-dir: " + e.getMessage(),
          "Stop that node, or give this one a directory of its own.",
          e);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /**
   * Has the DB read what the directory holds.
   *
   * @param read makes the DB of its journal
   * @throws NodeStartException where the files are damaged or can't be read
   */
  public <T> T read(Function<Journal, T> read) {
    try {
      return read.apply(
          new LogJournal(directory, new SecureRandom()::nextLong, background, SMALLEST_LOG_BYTES));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CorruptException damage) {
        throw new NodeStartException(
            "distri.node.db.data-dir: in " + path + ", " + damage.getMessage(),
            "What was safe on this disk is damaged, so this node does not start with it. Move the directory away: started with an empty one, the node takes everything from the others.",
            e);
      }
      throw unusable(path, e);
    }
  }

  private static NodeStartException unusable(Path path, Exception e) {
    return new NodeStartException(
        "distri.node.db.data-dir: " + path + " can't be used: " + e.getMessage(),
        "Choose a directory that this process may write, on a disk with room.",
        e);
  }

  /** Ends once a snapshot that is being written is done. */
  @Override
  public void close() throws IOException {
    background.close();
    directory.close();
  }
}
