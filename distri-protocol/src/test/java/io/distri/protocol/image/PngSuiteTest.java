package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.distri.protocol.Suite;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Willem van Schaik's PngSuite: as a cover, each pixel is what libpng gives on white, within 8 of
 * 255. What libpng gives stands one below the other in {@code pngsuite-references.png}, made by
 * netpbm in the suite's folder:
 *
 * <pre>
 * export LC_ALL=C
 * for f in *.png; do pngtopnm -mix -background white $f | pnmdepth 255 | ppmtoppm > $f.ppm || rm $f.ppm; done
 * pnmcat -topbottom -jleft *.ppm | pnmtopng -compression 9 > pngsuite-references.png
 * </pre>
 */
class PngSuiteTest {
  private static final int TOLERANCE = 8;

  /** Those that libpng refuses, with what is wrong in them. */
  private static final Set<String> BROKEN =
      Set.of(
          "xc1n0g08", // colour type
          "xc9n2c08", // colour type
          "xcrn0g04", // line ends
          "xcsn0g01", // checksum of the pixels
          "xd0n2c08", // bit depth
          "xd3n2c08", // bit depth
          "xd9n2c08", // bit depth
          "xdtn0g01", // no pixels
          "xhdn0g08", // checksum of the header
          "xlfn0g04", // line ends
          "xs1n0g01", // signature
          "xs2n0g01", // signature
          "xs4n0g01", // signature
          "xs7n0g01"); // signature

  @TestFactory
  List<DynamicTest> each_picture_is_read_as_libpng_does_or_refused_with_a_sentence()
      throws IOException {
    BufferedImage references =
        ImageIO.read(PngSuiteTest.class.getResource("pngsuite-references.png"));
    List<DynamicTest> tests = new ArrayList<>();
    int top = 0;
    for (Path file : Suite.files("png", ".png")) {
      String name = file.getFileName().toString().replace(".png", "");
      if (BROKEN.contains(name)) {
        tests.add(dynamicTest(name, () -> readsNothingOrRefuses(file)));
      } else {
        int from = top;
        tests.add(dynamicTest(name, () -> looksLike(references, from, file)));
        top += height(file);
      }
    }
    assertThat(top).isEqualTo(references.getHeight());
    return tests;
  }

  private static int height(Path file) throws IOException {
    byte[] header = Files.readAllBytes(file);
    return (header[22] & 0xFF) << 8 | header[23] & 0xFF;
  }

  private static void looksLike(BufferedImage references, int top, Path file) throws IOException {
    CoverPicture cover = read(file);
    for (int y = 0; y < cover.size().height(); y++) {
      for (int x = 0; x < cover.size().width(); x++) {
        int wanted = references.getRGB(x, top + y);
        int at = 3 * (y * cover.size().width() + x);
        for (int channel = 0; channel < 3; channel++) {
          int difference = (cover.rgb()[at + channel] & 0xFF) - (wanted >> 16 - 8 * channel & 0xFF);
          assertThat(Math.abs(difference))
              .as("column %d, row %d, channel %d", x, y, channel)
              .isLessThanOrEqualTo(TOLERANCE);
        }
      }
    }
  }

  private static void readsNothingOrRefuses(Path file) throws IOException {
    try {
      read(file);
    } catch (IOException refused) {
      assertThat(refused).hasMessageContaining("the cover " + file);
    }
  }

  private static CoverPicture read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CoverReader.read(in, file.toString());
    }
  }
}
