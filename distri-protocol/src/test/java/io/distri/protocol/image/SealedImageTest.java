package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SealedImageTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "0,HI16",
    "1,HI16",
    "65535,HI16",
    "65536,HI16",
    "65537,HI16",
    "131072,HI16",
    "500001,HI16",
    "0,TWO_BITS",
    "1,TWO_BITS",
    "65536,TWO_BITS",
    "131073,TWO_BITS"
  })
  void what_was_sealed_is_opened_bit_for_bit(int length, Density density) throws Exception {
    byte[] image = Sealing.bytes(length, length);

    assertThat(Sealing.open(Sealing.seal(image, density))).isEqualTo(image);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,256", "80000,1", "80001,2", "65536,3", "131073,1", "3000000,1"})
  void how_long_they_will_be_is_known_before(int length, int recipients) throws Exception {
    byte[] image = Sealing.bytes(length, length);
    List<AgeRecipient> readers =
        Collections.nCopies(recipients, AgeIdentity.generate().recipient());
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    SealedImage.seal(new ByteArrayInputStream(image), length, readers, Sealing.COVERS, png);
    assertThat(SealedImage.pictureLength(length, recipients, Sealing.COVERS)).isEqualTo(png.size());
    ByteArrayOutputStream age = new ByteArrayOutputStream();
    SealedImage.sealBare(new ByteArrayInputStream(image), readers, age);
    assertThat(SealedImage.bareLength(length, recipients)).isEqualTo(age.size());
  }

  @Test
  void each_of_several_recipients_opens_and_a_stranger_does_not() throws Exception {
    List<AgeIdentity> readers = List.of(AgeIdentity.generate(), AgeIdentity.generate());
    byte[] image = Sealing.bytes(1000, 1);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    SealedImage.seal(
        new ByteArrayInputStream(image),
        image.length,
        readers.stream().map(AgeIdentity::recipient).toList(),
        Sealing.COVERS,
        png);

    for (AgeIdentity reader : readers) {
      ByteArrayOutputStream opened = new ByteArrayOutputStream();
      SealedImage.open(
          new ByteArrayInputStream(png.toByteArray()),
          List.of(AgeIdentity.generate(), reader),
          opened,
          Sealing.LIMIT);
      assertThat(opened.toByteArray()).isEqualTo(image);
    }
    assertThatExceptionOfType(NotOpenedException.class)
        .isThrownBy(() -> Sealing.open(png.toByteArray()))
        .withMessage("not a sealed image, or not for this key")
        .withNoCause();
  }

  @Test
  void sealing_the_same_image_twice_gives_two_payloads() throws Exception {
    byte[] image = Sealing.bytes(1000, 2);

    assertThat(Sealing.payload(Sealing.seal(image, Density.HI16)))
        .isNotEqualTo(Sealing.payload(Sealing.seal(image, Density.HI16)));
  }

  @Test
  void a_bare_age_file_is_opened_and_the_callers_stream_stays_open() throws Exception {
    byte[] image = Sealing.bytes(100_000, 3);
    boolean[] closed = {false};
    ByteArrayOutputStream age =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    SealedImage.sealBare(new ByteArrayInputStream(image), Sealing.TO_IDENTITY, age);
    ByteArrayOutputStream opened = new ByteArrayOutputStream();
    SealedImage.openBare(
        new ByteArrayInputStream(age.toByteArray()), List.of(Sealing.IDENTITY), opened);

    assertThat(opened.toByteArray()).isEqualTo(image);
    assertThat(closed[0]).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void the_payload_is_the_bare_age_file(Density density) throws Exception {
    byte[] image = Sealing.bytes(70_000, 4);
    ByteArrayOutputStream opened = new ByteArrayOutputStream();
    SealedImage.openBare(
        new ByteArrayInputStream(Sealing.payload(Sealing.seal(image, density))),
        List.of(Sealing.IDENTITY),
        opened);

    assertThat(opened.toByteArray()).isEqualTo(image);
  }

  @Test
  void no_recipient_too_many_or_a_negative_length_is_refused_before_anything_is_written() {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    InputStream image = InputStream.nullInputStream();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SealedImage.seal(image, 0, List.of(), Sealing.COVERS, png))
        .withMessageContaining("at least one recipient");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            SealedImage.sealBare(
                image, Collections.nCopies(257, Sealing.IDENTITY.recipient()), png))
        .withMessageContaining("256 at most");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SealedImage.seal(image, -1, Sealing.TO_IDENTITY, Sealing.COVERS, png));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            SealedImage.seal(image, Long.MAX_VALUE / 8, Sealing.TO_IDENTITY, Sealing.COVERS, png))
        .withMessageContaining("too large");
    assertThat(png.size()).isZero();
  }

  @Test
  void as_many_recipients_as_are_allowed_fit_the_header() throws Exception {
    byte[] image = Sealing.bytes(10, 5);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    SealedImage.seal(
        new ByteArrayInputStream(image),
        image.length,
        Collections.nCopies(256, Sealing.IDENTITY.recipient()),
        Sealing.COVERS,
        png);

    assertThat(Sealing.open(png.toByteArray())).isEqualTo(image);
  }

  @ParameterizedTest
  @CsvSource({"999,longer", "1001,shorter", "66000,shorter"})
  void an_image_of_another_length_than_announced_is_an_error(int announced, String what) {
    InputStream image = new ByteArrayInputStream(Sealing.bytes(1000, 6));

    assertThatThrownBy(() ->
            SealedImage.seal(
                image, announced, Sealing.TO_IDENTITY, Sealing.COVERS, new ByteArrayOutputStream()))
        .isInstanceOf(IOException.class)
        .hasMessage("the image is " + what + " than announced");
  }

  @Test
  void a_failing_source_is_reported_as_itself_and_not_as_a_bad_image() {
    byte[] png = Sealing.seal(Sealing.bytes(200_000, 7), Density.HI16);
    InputStream failing =
        new FilterInputStream(new ByteArrayInputStream(png)) {
          private int left = 150_000;

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
              throw new IOException("the line dropped");
            }
            return super.read(into, offset, length);
          }
        };

    assertThatThrownBy(() ->
            SealedImage.open(
                failing, List.of(Sealing.IDENTITY), new ByteArrayOutputStream(), Sealing.LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessage("the line dropped");
  }

  @Test
  void a_file_is_sealed_and_opened_in_place() throws Exception {
    Path image = Files.write(directory.resolve("cat.jpg"), Sealing.bytes(5000, 8));
    Path png = directory.resolve("sealed.png");
    Path opened = Files.writeString(directory.resolve("opened.jpg"), "an older one");
    try (InputStream in = Files.newInputStream(image)) {
      SealedImage.seal(in, Files.size(image), Sealing.TO_IDENTITY, Sealing.COVERS, png);
    }
    try (InputStream in = Files.newInputStream(png)) {
      SealedImage.open(in, List.of(Sealing.IDENTITY), opened, Sealing.LIMIT);
    }

    assertThat(opened).hasSameBinaryContentAs(image);
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("cat.jpg", "sealed.png", "opened.jpg");
  }

  @Test
  void a_file_that_can_not_be_opened_leaves_the_place_as_it_was() throws Exception {
    Path place = Files.writeString(directory.resolve("opened.jpg"), "an older one");
    byte[] png = Sealing.seal(Sealing.bytes(300_000, 9), Density.HI16);
    png[png.length - 20_000] ^= 1;

    assertThatExceptionOfType(NotOpenedException.class)
        .isThrownBy(() ->
            SealedImage.open(
                new ByteArrayInputStream(png), List.of(Sealing.IDENTITY), place, Sealing.LIMIT));
    assertThat(place).hasContent("an older one");
    assertThat(directory.toFile().list()).containsExactly("opened.jpg");
  }
}
