package io.distri.peer.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that are there whole or not at all after a crash: written beside their place, forced to the
 * disk, renamed, and the directory forced too.
 */
public final class DurableFile {
  private static final String UNFINISHED = ".new";

  private DurableFile() {}

  /** Whether a file of that name is one that was being written. */
  static boolean isUnfinished(String name) {
    return name.startsWith(".") && name.endsWith(UNFINISHED);
  }

  /** Writes a file, in place of the one that is there. */
  public static void write(Path file, byte[] content) throws IOException {
    Path directory = directoryOf(file);
    Files.createDirectories(directory);
    Path beside = Files.createTempFile(directory, ".", UNFINISHED);
    try {
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      force(directory);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** Moves a file that somebody else wrote to its place, once its content is on the disk. */
  public static void place(Path written, Path file) throws IOException {
    Path directory = directoryOf(file);
    Files.createDirectories(directory);
    try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    force(directory);
  }

  /** Deletes a file where it is there; tells whether it was. */
  public static boolean delete(Path file) throws IOException {
    boolean there = Files.deleteIfExists(file);
    if (there) {
      force(directoryOf(file));
    }
    return there;
  }

  private static Path directoryOf(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(file + " has no directory");
    }
    return directory;
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
