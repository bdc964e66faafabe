package io.distri.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it looks at the system's directory for temporary files")
class LocalClusterTest {
  private static final Path OF_THE_SYSTEM = Path.of(System.getProperty("java.io.tmpdir"));

  @TempDir Path directory;

  @Test
  void what_killed_nodes_leave_is_in_their_home() throws IOException {
    List<Path> before = leftByTomcat(OF_THE_SYSTEM, 1);
    LocalCluster.start(new Home(directory), FreePorts.anywhere(1)).close();
    assertThat(leftByTomcat(directory, Integer.MAX_VALUE)).isNotEmpty();
    assertThat(leftByTomcat(OF_THE_SYSTEM, 1)).isEqualTo(before);
  }

  private static List<Path> leftByTomcat(Path where, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(where, depth)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("tomcat"))
          .sorted()
          .toList();
    }
  }
}
