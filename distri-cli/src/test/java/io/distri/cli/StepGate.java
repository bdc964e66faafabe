package io.distri.cli;

import io.distri.peer.entry.ShareKey;
import io.distri.peer.progress.Progress;
import io.distri.peer.progress.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.core.env.Environment;

/**
 * Holds a peer's process at a step, so that it, or whoever it deals with, is killed there. A test
 * brings it into the process by {@code spring.main.sources}, and names step and image by a file.
 */
public final class StepGate implements Progress {

  /** The directory that the test and its peers share. */
  static final String PROPERTY = "test.gate";

  private static final Duration LOOK = Duration.ofMillis(10);

  private final Path directory;

  StepGate(Environment environment) {
    this.directory = Path.of(environment.getRequiredProperty(PROPERTY));
  }

  @Override
  public void reached(Step step, ShareKey share) {
    Path held = held(directory);
    try {
      Files.move(
          armed(directory, step, share.resource().text()), held, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException notThisOne) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    while (Files.exists(held)) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /** The file that the test makes. */
  static Path armed(Path directory, Step step, String image) {
    return directory.resolve(step + " " + image);
  }

  /** What becomes of it while a process is held; without it the process goes on. */
  static Path held(Path directory) {
    return directory.resolve("held");
  }
}
