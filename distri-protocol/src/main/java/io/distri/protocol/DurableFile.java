package io.distri.protocol;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files that are there whole or not at all, after a crash as well: they are written beside their
 * place, forced to the disk, renamed, and the directory is forced too. From the first byte on, only
 * their owner may read them, and the same holds for directories that are made for them. Safe for
 * use by many threads and processes; the methods block on the disk.
 */
public final class DurableFile {
  private static final String UNFINISHED = ".new";
  private static final String FILE = "rw-------";
  private static final String DIRECTORY = "rwx------";

  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content<E extends Exception> {
    void writeTo(OutputStream out) throws IOException, E;
  }

  private DurableFile() {}

  /** Whether a file of that name is one that was being written, perhaps when a process ended. */
  public static boolean isUnfinished(String name) {
    return name.startsWith(".") && name.endsWith(UNFINISHED);
  }

  /**
   * Writes a file that isn't there yet, and makes its directory. Where another process was first,
   * its file stays.
   *
   * @return whether this call made the file
   * @throws IOException where the directory can't be written; then there is no file
   */
  public static boolean create(Path file, byte[] content) throws IOException {
    createDirectories(directoryOf(file));
    return create(file, out -> out.write(content));
  }

  /**
   * Writes a file that isn't there yet, as {@link #create(Path, byte[])} does, into a directory
   * that is there.
   *
   * @param content gets a buffered stream; it is not asked where the file is there
   */
  public static <E extends Exception> boolean create(Path file, Content<E> content)
      throws IOException, E {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Path beside = beside(file, content);
    try {
      link(beside, file);
    } catch (FileAlreadyExistsException another) {
      return false;
    } finally {
      Files.deleteIfExists(beside);
    }
    force(directoryOf(file));
    return true;
  }

  /** Of several that do this at one time, one succeeds. */
  private static void link(Path beside, Path file) throws IOException {
    try {
      Files.createLink(file, beside);
    } catch (FileAlreadyExistsException another) {
      throw another;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      // Not on every disk, exFAT's for one; there, two at one time may both succeed.
      Files.move(beside, file);
    }
  }

  /**
   * Writes a file, in place of the one that is there, and makes its directory. A link stays, and
   * what it leads to is written. A device or a pipe is written to, and gets what comes before a
   * failure.
   *
   * @throws IOException where the directory can't be written; what was there stays then
   */
  public static void replace(Path file, byte[] content) throws IOException {
    createDirectories(directoryOf(file));
    replace(file, out -> out.write(content));
  }

  /**
   * Writes a file, as {@link #replace(Path, byte[])} does, into a directory that is there.
   *
   * @param content gets a buffered stream; whatever it throws leaves a file as it was
   */
  public static <E extends Exception> void replace(Path place, Content<E> content)
      throws IOException, E {
    Path file = behindLinks(place);
    if (isOpenFile(file) || (Files.exists(file) && !Files.isRegularFile(file))) {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND))) {
        content.writeTo(out);
      }
      return;
    }
    Path beside = beside(file, content);
    try {
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      force(directoryOf(file));
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /**
   * Moves a file or directory to its place, whose directory is made, once its content, which is
   * forced here, is on the disk.
   */
  public static void place(Path written, Path file) throws IOException {
    createDirectories(directoryOf(file));
    force(written);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    force(directoryOf(file));
  }

  /** Deletes a file where it is there; tells whether it was. */
  public static boolean delete(Path file) throws IOException {
    boolean there = Files.deleteIfExists(file);
    if (there) {
      force(directoryOf(file));
    }
    return there;
  }

  /** Makes a directory, and those that it is in, for their owner only; what is there stays. */
  public static void createDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directoryOf(directory);
    createDirectories(parent);
    try {
      Files.createDirectory(directory, attributes(directory, DIRECTORY));
    } catch (FileAlreadyExistsException another) {
      if (!Files.isDirectory(directory)) {
        throw new NotDirectoryException(directory.toString());
      }
    }
    force(parent);
  }

  /** Attributes of a new file that only its owner may use, from the first moment on. */
  public static FileAttribute<?>[] ownerOnly(Path place) {
    return attributes(place, FILE);
  }

  /**
   * Takes a directory away from everybody but its owner. One that another user owns, as a volume's
   * may be, stays as it is.
   */
  public static void restrict(Path directory) throws IOException {
    if (hasPermissions(directory)) {
      try {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(DIRECTORY));
      } catch (FileSystemException anothers) {
        // Its owner has decided.
      }
    }
  }

  private static FileAttribute<?>[] attributes(Path place, String permissions) {
    return hasPermissions(place)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean hasPermissions(Path place) {
    return place.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static <E extends Exception> Path beside(Path file, Content<E> content)
      throws IOException, E {
    Path beside = newFile(directoryOf(file));
    boolean whole = false;
    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
      content.writeTo(out);
      out.flush();
      channel.force(true);
      whole = true;
      return beside;
    } finally {
      if (!whole) {
        Files.deleteIfExists(beside);
      }
    }
  }

  private static Path newFile(Path directory) throws IOException {
    try {
      return Files.createTempFile(directory, ".", UNFINISHED, ownerOnly(directory));
    } catch (AccessDeniedException e) {
      // Nobody knows the name that it would have had.
      throw new AccessDeniedException(directory.toString());
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(directory.toString());
    }
  }

  private static Path behindLinks(Path place) throws IOException {
    Path file = place;
    for (int links = 0; Files.isSymbolicLink(file) && !isOpenFile(file); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(place.toString());
      }
      file = file.resolveSibling(Files.readSymbolicLink(file));
    }
    return file;
  }

  /** {@code /dev/stdout} leads there: a file that others write to as well, until it is closed. */
  private static boolean isOpenFile(Path file) {
    return file.toAbsolutePath().startsWith("/proc");
  }

  private static Path directoryOf(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(file + " has no directory");
    }
    return directory;
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
