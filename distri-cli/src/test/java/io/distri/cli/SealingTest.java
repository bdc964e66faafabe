package io.distri.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.Cli.Result;
import io.distri.cli.local.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTest {

  @TempDir Path directory;
  Cli cli;
  Path photo;
  Path picture;
  Path opened;

  @BeforeEach
  void setUp() throws IOException {
    cli = new Cli(directory.resolve("home"));
    photo = Files.write(directory.resolve("photo.jpg"), SampleImage.bytes());
    picture = directory.resolve("picture.png");
    opened = directory.resolve("opened.jpg");
  }

  @Test
  void what_is_sealed_for_a_made_key_opens_with_it_alone() throws IOException {
    Path key = directory.resolve("key.txt");
    Result made = cli.run("keygen", "--out", key.toString());
    String recipient = made.out().replace("Public key: ", "").strip();
    assertThat(recipient).startsWith("age1");

    Result sealed = cli.run("seal", "--to", recipient, photo.toString(), picture.toString());
    Result open = cli.run("open", "--key", key.toString(), picture.toString(), opened.toString());

    assertThat(sealed.code()).isZero();
    assertThat(open.code()).isZero();
    assertThat(opened).hasBinaryContent(SampleImage.bytes());

    Path other = directory.resolve("other.txt");
    cli.run("keygen", "--out", other.toString());
    Path refused = directory.resolve("refused.jpg");
    Result closed =
        cli.run("open", "--key", other.toString(), picture.toString(), refused.toString());
    assertThat(closed.code()).isEqualTo(1);
    assertThat(closed.err()).contains("not for this key").hasLineCount(1);
    assertThat(refused).doesNotExist();
  }

  @Test
  void without_a_recipient_the_key_of_this_machine_is_taken() {
    assertThat(cli.run("seal", photo.toString(), picture.toString()).code()).isZero();
    assertThat(cli.run("open", picture.toString(), opened.toString()).code()).isZero();

    assertThat(opened).hasBinaryContent(SampleImage.bytes());
  }

  @Test
  void a_key_is_for_its_owners_eyes_and_never_overwritten() throws IOException {
    Path key = directory.resolve("key.txt");
    cli.run("keygen", "--out", key.toString());
    String before = Files.readString(key);

    Result again = cli.run("keygen", "--out", key.toString());

    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("exists").hasLineCount(1).doesNotContain("SECRET");
    assertThat(again.out()).isEmpty();
    assertThat(key).hasContent(before);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_key_is_printed_where_no_file_is_named() {
    Result made = cli.run("keygen");

    assertThat(made.code()).isZero();
    assertThat(made.out()).contains("# public key: age1", "AGE-SECRET-KEY-1");
  }

  @Test
  void a_text_is_not_sealed() throws IOException {
    Path text = Files.writeString(directory.resolve("text.jpg"), "no image at all");

    Result result = cli.run("seal", text.toString(), picture.toString());

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("text.jpg is no PNG").hasLineCount(1);
    assertThat(picture).doesNotExist();
  }

  @Test
  void missing_files_are_named() {
    Path missing = directory.resolve("missing");

    Result seal = cli.run("seal", missing.toString(), picture.toString());
    Result open = cli.run("open", photo.toString(), opened.toString());
    Result key = cli.run("open", "--key", missing.toString(), photo.toString(), opened.toString());
    Result into = cli.run("keygen", "--out", photo.resolve("key.txt").toString());

    assertThat(seal.err()).contains("there is no " + missing).hasLineCount(1);
    assertThat(open.err()).contains("There is no key").hasLineCount(1);
    assertThat(key.err()).contains("There is no key " + missing).hasLineCount(1);
    assertThat(into.err()).contains("The key can't be written").hasLineCount(1);
    assertThat(new int[] {seal.code(), open.code(), key.code(), into.code()}).containsOnly(1);
  }

  @Test
  void a_picture_that_carries_nothing_does_not_open() {
    cli.run("seal", photo.toString(), picture.toString());

    Result result = cli.run("open", photo.toString(), opened.toString());

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("not a sealed image").hasLineCount(1);
    assertThat(opened).doesNotExist();
  }

  @Test
  void what_comes_from_a_pipe_is_sealed_and_opened() throws Exception {
    Path pipe = pipe("in");
    Process photoWriter = writer(photo, pipe);
    assertThat(cli.run("seal", pipe.toString(), picture.toString()).err()).isEmpty();
    assertThat(photoWriter.waitFor()).isZero();
    Process pictureWriter = writer(picture, pipe);
    assertThat(cli.run("open", pipe.toString(), opened.toString()).err()).isEmpty();
    assertThat(pictureWriter.waitFor()).isZero();

    assertThat(opened).hasBinaryContent(SampleImage.bytes());
  }

  @Test
  void what_goes_to_a_pipe_is_the_image_and_the_pipe_stays() throws Exception {
    Path pipe = pipe("out");
    Process pictureReader = reader(pipe, picture);
    Result sealed = cli.run("seal", photo.toString(), pipe.toString());
    assertThat(pictureReader.waitFor()).isZero();
    Process photoReader = reader(pipe, opened);
    Result open = cli.run("open", picture.toString(), pipe.toString());
    assertThat(photoReader.waitFor()).isZero();

    assertThat(opened).hasBinaryContent(SampleImage.bytes());
    assertThat(List.of(sealed.code(), open.code())).containsOnly(0);
    // It may be the one that the command's own words go to.
    assertThat(sealed.out() + open.out()).isEmpty();
    assertThat(pipe.toFile().exists() && !pipe.toFile().isFile()).isTrue();
  }

  @Test
  void a_link_stays_and_its_file_is_written() throws IOException {
    Files.writeString(opened, "old");
    Path link = Files.createSymbolicLink(directory.resolve("link.jpg"), opened.getFileName());
    cli.run("seal", photo.toString(), picture.toString());

    assertThat(cli.run("open", picture.toString(), link.toString()).code()).isZero();

    assertThat(link).isSymbolicLink();
    assertThat(opened).isRegularFile().hasBinaryContent(SampleImage.bytes());
  }

  private Path pipe(String name) throws Exception {
    Path pipe = directory.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  private static Process writer(Path file, Path pipe) throws IOException {
    return new ProcessBuilder("dd", "if=" + file, "of=" + pipe, "status=none").start();
  }

  private static Process reader(Path pipe, Path into) throws IOException {
    return new ProcessBuilder("cat", pipe.toString()).redirectOutput(into.toFile()).start();
  }
}
