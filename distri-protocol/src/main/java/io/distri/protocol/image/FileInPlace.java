package io.distri.protocol.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that appears under its name only once it is complete: it is written beside its place, for
 * its owner's eyes only, and renamed at the end. Whatever goes wrong leaves the place as it was.
 */
final class FileInPlace {

  /** Writes a file's content. */
  interface Content<E extends Exception> {
    void writeTo(OutputStream out) throws IOException, E;
  }

  private FileInPlace() {}

  static <E extends Exception> void write(Path place, Content<E> content) throws IOException, E {
    Path directory = place.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(place + " is not the name of a file");
    }
    Path beside = Files.createTempFile(directory, ".sealed", ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside))) {
        content.writeTo(out);
      }
      Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
