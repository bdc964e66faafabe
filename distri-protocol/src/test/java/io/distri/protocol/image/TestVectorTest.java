package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The vectors of {@code docs/sealed-image.md}. They never change: what version 1 wrote stays
 * readable.
 */
class TestVectorTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"hi16.png", "hi16-compact.png", "two-bits.png", "two-bits-saved-again.png"})
  void a_picture_is_opened_and_carries_the_age_file(String name) throws Exception {
    assertThat(open(name)).isEqualTo(vector("image.png"));
    assertThat(Sealing.payload(vector(name))).isEqualTo(vector("payload.age"));
  }

  @Test
  void the_bare_age_file_is_opened() throws Exception {
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    try (InputStream age = stream("payload.age")) {
      SealedImage.openBare(age, identities(), image);
    }

    assertThat(image.toByteArray()).isEqualTo(vector("image.png"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "another-key",
        "chunk-checksum",
        "data-after-iend",
        "density",
        "flags",
        "flipped-age-header",
        "flipped-payload-bit",
        "length-beyond-the-picture",
        "lengthened-payload",
        "magic",
        "shortened-payload"
      })
  void a_picture_with_one_thing_wrong_is_refused(String wrong) {
    assertThatExceptionOfType(NotOpenedException.class)
        .isThrownBy(() -> open("refused-" + wrong + ".png"));
  }

  private static byte[] open(String name) throws IOException, NotOpenedException {
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    try (InputStream png = stream(name)) {
      SealedImage.open(png, identities(), image, Sealing.LIMIT);
    }
    return image.toByteArray();
  }

  private static List<AgeIdentity> identities() throws IOException {
    return List.of(
        AgeIdentity.parse(new String(vector("identity.txt"), StandardCharsets.US_ASCII)));
  }

  private static byte[] vector(String name) throws IOException {
    try (InputStream in = stream(name)) {
      return in.readAllBytes();
    }
  }

  private static InputStream stream(String name) throws IOException {
    InputStream in = TestVectorTest.class.getResourceAsStream("vectors/" + name);
    if (in == null) {
      throw new IOException("the vector " + name + " is missing");
    }
    return in;
  }
}
