package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTypeTest {

  @ParameterizedTest
  @EnumSource(names = {"PNG", "JPEG", "GIF", "BMP", "TIFF"})
  void a_file_that_java_wrote_is_told_by_its_first_bytes(ImageType type) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    BufferedImage picture = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    assertThat(ImageIO.write(picture, type.name(), file)).isTrue();

    assertThat(ImageType.sniff(file.toByteArray())).contains(type);
    assertThat(ImageType.sniff(Arrays.copyOf(file.toByteArray(), ImageType.HEAD_BYTES)))
        .contains(type);
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "RIFF\u0010\u0020\u0001\u0000WEBPVP8 ,WEBP",
        "\u0000\u0000\u0000\u0020ftypavif\u0000\u0000\u0000\u0000avifmif1,AVIF",
        "\u0000\u0000\u0000\u001cftypavis\u0000\u0000\u0000\u0000msf1,AVIF",
        "\u0000\u0000\u0000\u001cftypmif1\u0000\u0000\u0000\u0000mif1avif,AVIF",
        "\u0000\u0000\u0000\u0018ftypheic\u0000\u0000\u0000\u0000mif1,HEIC",
        "\u0000\u0000\u0000\u001cftypmif1\u0000\u0000\u0000\u0000mif1heic,HEIC",
        "II*\u0000\u0008\u0000\u0000\u0000,TIFF",
        "MM\u0000*\u0000\u0000\u0000\u0008,TIFF",
        "MM\u0000+\u0000\u0008\u0000\u0000,TIFF",
        "GIF87a\u0001\u0000,GIF"
      })
  void a_file_of_another_program_is_told_by_its_first_bytes(String head, ImageType type) {
    assertThat(ImageType.sniff(head.getBytes(StandardCharsets.ISO_8859_1))).contains(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "B",
        "BM",
        "BMW is the name of a company, and this is a text",
        "GIF88a is no version",
        "RIFF\u0010\u0020\u0001\u0000WAVEfmt ",
        "RIFF\u0010\u0020\u0001",
        "\u0089PNG",
        "\u0089PNG\n\u001a\n",
        "\u00ff\u00d8",
        "\u0000\u0000\u0000\u0018ftypisom\u0000\u0000\u0000\u0000mp42",
        "\u0000\u0000\u0000\u0010ftypisom\u0000\u0000\u0000\u0000heicavif",
        "\u0000\u0000\u0000\u0010ftypisomheic",
        "\u00ff\u00ff\u00ff\u00ffftypisom",
        "\u0000\u0000\u0000\u0018ftyp",
        "%PDF-1.7",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "age-encryption.org/v1\n"
      })
  void anything_else_is_no_image(String head) {
    assertThat(ImageType.sniff(head.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
  }

  @Test
  void no_prefix_of_an_image_fails() throws IOException {
    byte[] heic =
        "\u0000\u0000\u0000\u001cftypmif1\u0000\u0000\u0000\u0000mif1heic"
            .getBytes(StandardCharsets.ISO_8859_1);
    for (int length = 0; length < heic.length; length++) {
      assertThat(ImageType.sniff(Arrays.copyOf(heic, length))).isEmpty();
    }
    assertThat(ImageType.sniff(heic)).contains(ImageType.HEIC);
  }
}
