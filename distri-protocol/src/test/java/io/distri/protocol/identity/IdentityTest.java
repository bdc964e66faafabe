package io.distri.protocol.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
  @TempDir Path directory;

  @Test
  void is_made_once_and_read_again() throws Exception {
    Path home = directory.resolve("node/identity");
    Identity made = Identity.loadOrCreate(home);
    assertThat(made.id()).matches("[0-9a-f]{64}").isEqualTo(KeyId.of(made.certificate()));
    assertThat(Identity.loadOrCreate(home).id()).isEqualTo(made.id());
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("key.pem"))))
        .isEqualTo("rw-------");
    assertThat(made.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void two_are_never_the_same() {
    assertThat(Identity.generate().id()).isNotEqualTo(Identity.generate().id());
  }

  @Test
  void broken_files_are_refused_and_kept() throws Exception {
    Identity.loadOrCreate(directory);
    Files.writeString(directory.resolve("key.pem"), "no key");
    assertThatThrownBy(() -> Identity.loadOrCreate(directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(directory.toString());
    assertThat(directory.resolve("key.pem")).hasContent("no key");
  }
}
