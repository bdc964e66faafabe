package io.distri.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** Why something could not be read or written, in words for the end of a sentence. */
public final class IoReason {
  private IoReason() {}

  /** What an exception says, in words. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return "there is no " + missing.getFile();
    }
    if (e instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (e instanceof NotDirectoryException file) {
      return file.getFile() + " is no directory";
    }
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + ": " + file.getReason();
    }
    if (e instanceof ConnectException && e.getMessage() == null) {
      return "nothing listens there";
    }
    return Objects.requireNonNullElse(e.getMessage(), e.toString());
  }

  /** What could not be done, and why. */
  public static String of(UncheckedIOException e) {
    return e.getMessage() + ": " + of(Objects.requireNonNull(e.getCause()));
  }
}
