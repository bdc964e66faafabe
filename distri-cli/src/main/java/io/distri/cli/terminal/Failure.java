package io.distri.cli.terminal;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/**
 * A command that could not do what it was asked to. The message is all that its user sees: it says
 * what is wrong and, where that isn't plain, what to do.
 */
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  public Failure(String sentence) {
    super(sentence);
  }

  public Failure(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /**
   * Something could not be read or written.
   *
   * @param what failed, the beginning of a sentence that goes on with the reason
   */
  public static Failure of(String what, IOException reason) {
    return new Failure(what + ": " + words(reason) + ".", reason);
  }

  private static String words(IOException reason) {
    if (reason instanceof NoSuchFileException missing) {
      return "there is no " + missing.getFile();
    }
    if (reason instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (reason instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + ": " + file.getReason();
    }
    if (reason instanceof ConnectException && reason.getMessage() == null) {
      return "nothing listens there";
    }
    return Objects.requireNonNullElse(reason.getMessage(), reason.toString());
  }
}
