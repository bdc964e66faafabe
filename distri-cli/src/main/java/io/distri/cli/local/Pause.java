package io.distri.cli.local;

import io.distri.cli.terminal.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Holds a process stopped ({@code SIGSTOP}) until this is closed. A shell does so that waits for
 * the end of its input: that comes also where this program is killed, and the process goes on, sees
 * the end of its own, and ends.
 */
final class Pause implements AutoCloseable {

  /** The traps: Ctrl-C reaches this shell too, which still has its work to do. */
  private static final String SCRIPT =
      "trap '' INT HUP TERM; kill -STOP \"$1\" && echo held && read -r _; kill -CONT \"$1\"";

  private static final long PATIENCE_SECONDS = 5;

  private final Process holder;

  private Pause(Process holder) {
    this.holder = holder;
  }

  /** Whether the system can stop processes. */
  static boolean isPossible() {
    return !System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
  }

  /**
   * Stops a process.
   *
   * @throws Failure where that can't be done
   */
  static Pause of(long pid) {
    try {
      Process holder =
          new ProcessBuilder(List.of("sh", "-c", SCRIPT, "pause", Long.toString(pid)))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!"held".equals(holder.inputReader().readLine())) {
        throw new Failure("Process " + pid + " can't be stopped.");
      }
      return new Pause(holder);
    } catch (IOException e) {
      throw Failure.of("Process " + pid + " can't be stopped", e);
    }
  }

  /** Lets the process go on, if it is still there. */
  @Override
  public void close() {
    try {
      holder.outputWriter().close();
      holder.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException gone) {
      // Then its input has ended.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
