package io.distri.cli.terminal;

import io.distri.protocol.IoReason;
import java.io.IOException;
import java.nio.file.Path;

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
    return new Failure(what + ": " + IoReason.of(reason) + ".", reason);
  }

  /** A file was to be made and is there already. */
  public static Failure exists(Path file) {
    return new Failure(file + " exists, and is left as it is: name another file.");
  }
}
