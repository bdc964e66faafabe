package io.distri.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
  private static final byte[] NEW = "new".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path directory;

  @Test
  void only_the_owner_may_read_a_file_and_new_directories_from_the_first_byte_on()
      throws IOException {
    Path file = directory.resolve("a/b/secret");
    DurableFile.createDirectories(file.getParent());
    List<String> meanwhile = new ArrayList<>();
    DurableFile.replace(
        file,
        out -> {
          try (Stream<Path> files = Files.list(file.getParent())) {
            files.map(DurableFileTest::permissions).forEach(meanwhile::add);
          }
          out.write(NEW);
        });
    assertThat(DurableFile.create(directory.resolve("c/secret"), NEW)).isTrue();

    assertThat(meanwhile).containsExactly("rw-------");
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(directory.resolve("a"))).isEqualTo("rwx------");
    assertThat(permissions(directory.resolve("a/b"))).isEqualTo("rwx------");
    assertThat(permissions(directory.resolve("c"))).isEqualTo("rwx------");
    assertThat(permissions(directory.resolve("c/secret"))).isEqualTo("rw-------");
  }

  @Test
  void a_file_that_is_there_is_created_by_nobody_else() throws IOException {
    Path file = Files.writeString(directory.resolve("key"), "old");
    Path nowhere = Files.createSymbolicLink(directory.resolve("link"), Path.of("nowhere"));
    assertThat(DurableFile.create(file, NEW)).isFalse();
    assertThat(DurableFile.create(nowhere, NEW)).isFalse();
    assertThat(file).hasContent("old");
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("key", "link");
  }

  @Test
  void what_fails_half_way_leaves_the_file_as_it_was_and_nothing_beside_it() throws IOException {
    Path file = Files.writeString(directory.resolve("key"), "old");
    assertThatIllegalStateException()
        .isThrownBy(() ->
            DurableFile.replace(
                file,
                out -> {
                  out.write(NEW);
                  throw new IllegalStateException("half-way");
                }));
    assertThat(file).hasContent("old");
    assertThat(directory.toFile().list()).containsExactly("key");
  }

  @Test
  void a_link_stays_and_what_it_leads_to_is_written() throws IOException {
    Path real = Files.createDirectory(directory.resolve("real"));
    Files.writeString(real.resolve("file"), "old");
    Files.createSymbolicLink(real.resolve("second"), Path.of("file"));
    Path first = Files.createSymbolicLink(directory.resolve("first"), Path.of("real/second"));
    Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), Path.of("real/made"));

    DurableFile.replace(first, NEW);
    DurableFile.replace(dangling, NEW);

    assertThat(first).isSymbolicLink();
    assertThat(real.resolve("second")).isSymbolicLink();
    assertThat(real.resolve("file")).isRegularFile().hasContent("new");
    assertThat(dangling).isSymbolicLink();
    assertThat(real.resolve("made")).isRegularFile().hasContent("new");
  }

  @Test
  void a_directory_that_somebody_mistyped_is_not_made() {
    Path file = directory.resolve("typo/photo.jpg");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> DurableFile.replace(file, out -> out.write(NEW)));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void a_pipe_gets_the_content_and_stays() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();

    DurableFile.replace(pipe, NEW);

    assertThat(reader.getInputStream().readAllBytes()).isEqualTo(NEW);
    assertThat(Files.exists(pipe)).isTrue();
    assertThat(pipe.toFile().isFile()).isFalse();
  }

  @Test
  void a_directory_and_links_in_a_circle_are_refused() throws IOException {
    Path there = Files.createSymbolicLink(directory.resolve("there"), Path.of("back"));
    Files.createSymbolicLink(directory.resolve("back"), Path.of("there"));
    assertThatExceptionOfType(FileSystemLoopException.class)
        .isThrownBy(() -> DurableFile.replace(there, NEW));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> DurableFile.replace(directory, NEW));
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
