package io.distri.cli.backup;

import io.distri.cli.terminal.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is there once it is whole and safe on disk, and never before: it grows beside its
 * place under another name. For its owner's eyes only.
 */
final class NewFile implements AutoCloseable {
  private final Path place;
  private final Path unfinished;
  private final FileChannel channel;

  /**
   * Begins a file.
   *
   * @throws Failure where there is one already
   */
  NewFile(Path file) throws IOException {
    this.place = file.toAbsolutePath();
    if (Files.exists(place)) {
      throw new Failure(file + " exists, and is left as it is: name another file.");
    }
    this.unfinished =
        Files.createTempFile(place.getParent(), "." + place.getFileName(), ".unfinished");
    this.channel = FileChannel.open(unfinished, StandardOpenOption.WRITE);
  }

  OutputStream out() {
    return Channels.newOutputStream(channel);
  }

  /** The file is whole: it takes its place. */
  void finish() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes what was not finished. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(unfinished);
  }
}
