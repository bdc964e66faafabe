package io.distri.cli.terminal;

/** Tells whether a person is watching. */
public final class Terminal {

  private Terminal() {}

  /**
   * Whether input and output of this process are a terminal, not a pipe or a file. Java 22 to 24
   * answer right only under {@code -Djdk.console=java.base}, which the launcher sets.
   */
  @SuppressWarnings("SystemConsoleNull") // null elsewhere too, thanks to that property
  public static boolean isInteractive() {
    return System.console() != null;
  }
}
