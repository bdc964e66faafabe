package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ways between us and the {@code age} tool; needs it installed (Debian: package age). */
class AgeToolTest {

  private static final byte[] IMAGE = Sealing.bytes(200_000, 21);

  @TempDir Path directory;

  @BeforeAll
  static void the_tool_is_there() {
    assumeTrue(isInstalled(), "the age tool is not installed: apt-get install age");
  }

  @Test
  void the_tool_opens_the_bare_file_with_the_identity_we_wrote() throws Exception {
    Path sealed = directory.resolve("image.age");
    try (OutputStream out = Files.newOutputStream(sealed)) {
      SealedImage.sealBare(new ByteArrayInputStream(IMAGE), Sealing.TO_IDENTITY, out);
    }

    assertThat(openedByTool(sealed)).hasBinaryContent(IMAGE);
  }

  @ParameterizedTest
  @EnumSource
  void the_tool_opens_the_payload_cut_out_of_the_picture(Density density) throws Exception {
    Path cut = directory.resolve("payload.age");
    Files.write(cut, Sealing.payload(Sealing.seal(IMAGE, density)));

    assertThat(openedByTool(cut)).hasBinaryContent(IMAGE);
  }

  @ParameterizedTest
  @EnumSource
  void we_open_what_the_tool_sealed_bare_and_in_a_picture(Density density) throws Exception {
    Path plain = Files.write(directory.resolve("image.jpg"), IMAGE);
    Path sealed = directory.resolve("tool.age");
    run(
        "age",
        "-r",
        AgeIdentity.generate().recipient().toString(),
        "-r",
        Sealing.IDENTITY.recipient().toString(),
        "-o",
        sealed.toString(),
        plain.toString());
    byte[] age = Files.readAllBytes(sealed);
    ByteArrayOutputStream bare = new ByteArrayOutputStream();
    SealedImage.openBare(new ByteArrayInputStream(age), List.of(Sealing.IDENTITY), bare);

    assertThat(bare.toByteArray()).isEqualTo(IMAGE);
    assertThat(Sealing.open(Sealing.carrier(age, density))).isEqualTo(IMAGE);
  }

  @Test
  void an_identity_of_the_tool_opens_what_we_sealed_for_its_recipient() throws Exception {
    Path file = directory.resolve("key.txt");
    run("age-keygen", "-o", file.toString());
    AgeIdentity identity = AgeIdentity.parse(Files.readString(file));
    String recipient = run("age-keygen", "-y", file.toString()).strip();

    assertThat(identity.recipient()).hasToString(recipient);
  }

  private Path openedByTool(Path sealed) throws IOException, InterruptedException {
    Path key = directory.resolve("key.txt");
    Files.writeString(key, Sealing.IDENTITY.fileContent(Instant.EPOCH));
    Path opened = directory.resolve("opened.jpg");
    run("age", "-d", "-i", key.toString(), "-o", opened.toString(), sealed.toString());
    return opened;
  }

  private static boolean isInstalled() {
    try {
      run("age", "--version");
      run("age-keygen", "--version");
      return true;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
