package io.distri.protocol;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A public test suite in a folder of the one that {@code -Dsuites=DIR} names. */
public final class Suite {
  private Suite() {}

  /** Its files in the order of names; the test is skipped where they are not there. */
  public static List<Path> files(String suite, String ending) throws IOException {
    String suites = System.getProperty("suites", "");
    Path folder = Path.of(suites, suite);
    assumeTrue(
        !suites.isEmpty() && Files.isDirectory(folder),
        "the suite " + suite + " is not here: name the folder that it is in with -Dsuites=DIR");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending) && !file.endsWith("LICENSE"))
          .sorted(Comparator.comparing(file -> file.getFileName().toString()))
          .toList();
    }
  }
}
