package io.distri.protocol.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.List;
import java.util.stream.IntStream;
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
  void of_many_that_start_together_all_get_the_one_that_was_made() throws Exception {
    for (int round = 0; round < 5; round++) {
      Path home = directory.resolve("round-" + round);
      List<String> ids =
          IntStream.range(0, 16)
              .parallel()
              .mapToObj(i -> Identity.loadOrCreate(home).id())
              .distinct()
              .toList();
      assertThat(ids).hasSize(1);
      Identity made = Identity.loadOrCreate(home);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      KeyStore store = made.keyStore();
      signature.initSign((PrivateKey) store.getKey(store.aliases().nextElement(), new char[0]));
      signature.update((byte) 1);
      byte[] signed = signature.sign();
      signature.initVerify(made.certificate());
      signature.update((byte) 1);
      assertThat(signature.verify(signed)).as("key and certificate belong together").isTrue();
    }
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
