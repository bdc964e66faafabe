package io.distri.cli.local;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/**
 * Makes the file with which Java starts this program faster (the AOT cache of Java 25), where the
 * launcher asks for it: a node starts once under the eyes of the JVM. Takes some ten seconds at the
 * lowest priority, so it runs when the command has done its work, or beside it.
 */
public final class StartTraining {

  /** The system property by which the launcher names the file. */
  private static final String PROPERTY = "distri.aot-training";

  private static final Path NICE = Path.of("/usr/bin/nice");

  private StartTraining() {}

  /** Starts it, if it is wanted. It ends with this process, and the next one begins again then. */
  public static void inBackground() {
    wanted()
        .ifPresent(
            file -> Thread.ofPlatform().daemon().name("start-training").start(() -> make(file)));
  }

  /** Makes the file, if it is wanted, and says so. */
  public static void run(PrintWriter out) {
    wanted()
        .ifPresent(file -> {
          out.println("Preparing faster starts, once …");
          out.flush();
          make(file);
        });
  }

  private static Optional<Path> wanted() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .map(file -> Path.of(file).toAbsolutePath());
  }

  /**
   * An empty file says that it can't be made here, so that nobody tries again: programs start
   * without it, only slower.
   */
  private static void make(Path file) {
    try {
      Path home = Files.createTempDirectory("distri-training");
      Path made = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".tmp");
      made.toFile().deleteOnExit();
      if (train(made, new Home(home)) != 0) {
        Files.write(made, new byte[0]);
      }
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
      FileSystemUtils.deleteRecursively(home);
    } catch (IOException slowerThen) {
      // The command has done its work, and the next one begins again.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int train(Path made, Home home) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    if (Files.isExecutable(NICE)) {
      line.addAll(List.of(NICE.toString(), "-n", "19"));
    }
    line.addAll(
        ProgramProcess.line(
            home,
            // Only G1 archives objects; nodes with the serial collector use them.
            List.of(
                "-XX:+UseG1GC",
                "-XX:AOTCacheOutput=" + made,
                "-Xlog:aot*=off",
                "-Dspring.context.exit=onRefresh"),
            List.of("server", "--stop-at-end-of-input", "--ips", "127.0.0.1:3000")));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(home.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    // It has nothing to do with the data directory, or whatever else the user's settings name.
    builder.environment().clear();
    return builder.start().waitFor();
  }
}
