package io.distri.protocol.identity;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files with secrets in them: only their owner reads them, and whoever sees one sees it whole. */
public final class PrivateFile {
  private PrivateFile() {}

  /**
   * Writes a file that isn't there yet. Where another process was first, its file stays.
   *
   * @return whether this call made the file
   * @throws IOException where the directory can't be written
   */
  public static boolean create(Path file, byte[] content) throws IOException {
    Path whole = temporary(file, content);
    try {
      Files.createLink(file, whole);
      return true;
    } catch (FileAlreadyExistsException another) {
      return false;
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /**
   * Writes a file, in place of the one that is there.
   *
   * @throws IOException where the directory can't be written; what was there stays then
   */
  public static void replace(Path file, byte[] content) throws IOException {
    Files.move(temporary(file, content), file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path temporary(Path file, byte[] content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(file + " has no directory");
    }
    Files.createDirectories(directory);
    Path whole = Files.createTempFile(directory, ".", ".new", ownerOnly());
    Files.write(whole, content);
    return whole;
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
