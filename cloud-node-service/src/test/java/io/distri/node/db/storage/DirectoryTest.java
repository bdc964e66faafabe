package io.distri.node.db.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {
  @TempDir Path parent;

  @Test
  void only_the_owner_may_read_a_new_one_and_one_that_was_there() throws IOException {
    Path there = Files.createDirectory(parent.resolve("there"));
    Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (Path path : new Path[] {there, parent.resolve("a/new")}) {
      try (Directory directory = Directory.open(path);
          DiskFile file = directory.create("log-1")) {
        file.append(new byte[1]);
      }
      assertThat(permissions(path)).isEqualTo("rwx------");
      assertThat(permissions(path.resolve("log-1"))).isEqualTo("rw-------");
      assertThat(permissions(path.resolve("lock"))).isEqualTo("rw-------");
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
