package io.distri.peer.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer's directory after a crash, and with two peers in it. */
class FoldersTest {
  @TempDir private Path directory;

  @Test
  void what_a_crash_left_half_written_is_gone_after_the_next_start() throws Exception {
    Path transfer;
    Path book;
    try (Folders before = new Folders(directory)) {
      Files.createDirectories(before.book());
      book = Files.writeString(before.book().resolve("x.json"), "whole");
      Files.writeString(before.book().resolve(".123.new"), "ha");
      Files.writeString(before.outgoing().resolve(".4.new"), "ha");
      Files.writeString(before.incoming().resolve("upload77.part"), "ha");
      transfer = Files.writeString(before.incoming().resolve("abcdef.part"), "goes on");
    }
    try (Folders after = new Folders(directory)) {
      assertThat(book).exists();
      assertThat(transfer).exists();
      assertThat(after.book()).isDirectoryNotContaining("glob:**.new");
      assertThat(after.outgoing()).isEmptyDirectory();
      assertThat(after.incoming()).isDirectoryNotContaining("glob:**upload*");
    }
  }

  @Test
  void a_second_peer_in_the_same_directory_is_refused() {
    try (Folders first = new Folders(directory)) {
      assertThatThrownBy(() -> new Folders(first.root())).hasMessageContaining("already");
    }
  }
}
