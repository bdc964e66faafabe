package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PngRowsTest {

  private static final Dimensions SMALL = new Dimensions(20, 10);
  private static final int SMALL_ROW = 1 + 3 * 20;

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_filters_levels_and_chunks_a_writer_chose_the_samples_are_the_same(long seed)
      throws IOException {
    Random random = new Random(seed);
    Density density = random.nextBoolean() ? Density.HI16 : Density.TWO_BITS;
    Dimensions size = new Dimensions(1 + random.nextInt(300), 1 + random.nextInt(300));
    int rowBytes = (int) PngWriter.scanlineBytes(size, density);
    byte[] plain = smoothPicture(size, rowBytes, random);
    byte[] filtered = PngForge.filter(plain, rowBytes, 3 * density.sampleBytes(), random);
    PngForge forge = new PngForge().header(size, density);
    if (random.nextBoolean()) {
      forge.chunk("gAMA", new byte[4]).chunk("tEXt", "Comment\0hello".getBytes());
    }
    forge.imageData(PngForge.deflate(filtered, random.nextInt(10)), 1 + random.nextInt(5000));
    if (random.nextBoolean()) {
      forge.chunk("IDAT", new byte[0]).chunk("tIME", new byte[7]);
    }

    assertThat(samples(forge.end())).isEqualTo(withoutFilterBytes(plain, rowBytes));
  }

  @Test
  void a_picture_of_another_program_is_read() throws IOException {
    BufferedImage picture = new BufferedImage(123, 45, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(3);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int y = 0; y < 45; y++) {
      for (int x = 0; x < 123; x++) {
        int rgb = random.nextInt(1 << 24);
        picture.setRGB(x, y, rgb);
        expected.writeBytes(new byte[] {(byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb});
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);

    assertThat(samples(png.toByteArray())).isEqualTo(expected.toByteArray());
  }

  static Stream<Arguments> malformed() {
    byte[] rows = new byte[10 * SMALL_ROW];
    byte[] zlib = PngForge.deflate(rows, 6);
    byte[] good = small().imageData(zlib, 1000).end();
    return Stream.of(
        Arguments.of("an empty file", "the file is too long or ends early", new byte[0]),
        Arguments.of("no signature", "no PNG signature", Arrays.copyOfRange(good, 1, good.length)),
        Arguments.of(
            "nothing but the signature",
            "the file is too long or ends early",
            new PngForge().bytes()),
        Arguments.of("no IHDR", "IHDR is not first", new PngForge().imageData(zlib, 1000).end()),
        Arguments.of(
            "a longer IHDR", "IHDR is not first", new PngForge().chunk("IHDR", new byte[14]).end()),
        Arguments.of("width 0", "width or height out of bounds", headed(0, 10, 8, 2, 0, zlib)),
        Arguments.of("height 0", "width or height out of bounds", headed(20, 0, 8, 2, 0, zlib)),
        Arguments.of(
            "negative width", "width or height out of bounds", headed(-20, 10, 8, 2, 0, zlib)),
        Arguments.of(
            "width over the format's",
            "width or height out of bounds",
            headed(65_536, 10, 8, 2, 0, zlib)),
        Arguments.of(
            "the largest size with hardly any data",
            "more pixels than a file of that length carries",
            headed(65_535, 65_535, 16, 2, 0, zlib)),
        Arguments.of("4 bits", "not 8- or 16-bit RGB", headed(20, 10, 4, 2, 0, zlib)),
        Arguments.of("grey", "not 8- or 16-bit RGB", headed(20, 10, 8, 0, 0, zlib)),
        Arguments.of("palette", "not 8- or 16-bit RGB", headed(20, 10, 8, 3, 0, zlib)),
        Arguments.of("transparency", "not 8- or 16-bit RGB", headed(20, 10, 8, 6, 0, zlib)),
        Arguments.of(
            "interlaced",
            "unknown compression or filters, or interlaced",
            headed(20, 10, 8, 2, 1, zlib)),
        Arguments.of(
            "one row too many declared",
            "fewer rows than the header says",
            headed(20, 11, 8, 2, 0, zlib)),
        Arguments.of(
            "one row too few declared", "more image data than rows", headed(20, 9, 8, 2, 0, zlib)),
        Arguments.of("no image data", "a critical chunk that RGB doesn't have", small().end()),
        Arguments.of(
            "a second IHDR",
            "a critical chunk that RGB doesn't have",
            small().header(SMALL, Density.TWO_BITS).end()),
        Arguments.of(
            "an unknown critical chunk",
            "a critical chunk that RGB doesn't have",
            small().chunk("ABCD", zlib).end()),
        Arguments.of(
            "a filter that does not exist",
            "unknown filter",
            small().imageData(badFilter(), 1000).end()),
        Arguments.of(
            "no zlib stream", "broken deflate stream", small().imageData(rows, 1000).end()),
        Arguments.of(
            "a wrong checksum of the zlib stream",
            "broken deflate stream",
            small().imageData(flipped(zlib, zlib.length - 1), 1000).end()),
        Arguments.of(
            "a truncated zlib stream",
            "image data ends early",
            small().imageData(Arrays.copyOf(zlib, zlib.length - 1), 1000).end()),
        Arguments.of(
            "data after the zlib stream",
            "data after the deflate stream",
            small().imageData(Arrays.copyOf(zlib, zlib.length + 1), 1000).end()),
        Arguments.of(
            "a chunk after the zlib stream",
            "data after the deflate stream",
            small().imageData(zlib, 1000).chunk("IDAT", new byte[9]).end()),
        Arguments.of(
            "image data in two places",
            "image data in two places",
            small()
                .chunk("IDAT", zlib)
                .chunk("tEXt", new byte[3])
                .chunk("IDAT", new byte[0])
                .end()),
        Arguments.of(
            "no IEND", "the file is too long or ends early", small().imageData(zlib, 1000).bytes()),
        Arguments.of(
            "IEND with data",
            "IEND is not empty",
            small().imageData(zlib, 1000).chunk("IEND", new byte[1]).bytes()),
        Arguments.of("a byte after IEND", "data after IEND", Arrays.copyOf(good, good.length + 1)),
        Arguments.of("a checksum of IHDR", "a chunk's checksum is wrong", flipped(good, 30)),
        Arguments.of(
            "a checksum of IEND", "a chunk's checksum is wrong", flipped(good, good.length - 1)),
        Arguments.of(
            "a checksum of image data",
            "a chunk's checksum is wrong",
            flipped(good, good.length - 14)),
        Arguments.of(
            "a chunk of 2 GB",
            "a chunk is longer than the file may be",
            small().raw(new byte[] {127, -1, -1, -1}).chunk("tEXt", zlib).end()),
        Arguments.of(
            "a chunk of 4 GB",
            "a chunk is longer than the file may be",
            small().raw(new byte[] {-1, -1, -1, -1}).chunk("tEXt", zlib).end()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void a_malformed_picture_is_refused(String what, String reason, byte[] png) {
    assertThatExceptionOfType(MalformedCarrierException.class)
        .as(what)
        .isThrownBy(() -> samples(png))
        .withMessage(reason);
  }

  @Test
  void the_picture_that_the_malformed_ones_are_made_of_is_well_formed() throws IOException {
    byte[] zlib = PngForge.deflate(new byte[10 * SMALL_ROW], 6);

    assertThat(samples(small().imageData(zlib, 1000).end())).hasSize(600).containsOnly(0);
  }

  @Test
  void a_file_over_the_limit_is_refused_and_one_at_it_is_read() throws IOException {
    byte[] png = small().imageData(PngForge.deflate(new byte[10 * SMALL_ROW], 0), 1000).end();

    assertThat(samples(png, png.length)).hasSize(600);
    assertThatExceptionOfType(MalformedCarrierException.class)
        .isThrownBy(() -> samples(png, png.length - 1));
  }

  private static PngForge small() {
    return new PngForge().header(SMALL, Density.TWO_BITS);
  }

  private static byte[] headed(
      int width, int height, int bitDepth, int colourType, int interlace, byte[] zlib) {
    return new PngForge()
        .header(width, height, bitDepth, colourType, interlace)
        .imageData(zlib, 1000)
        .end();
  }

  private static byte[] badFilter() {
    byte[] rows = new byte[10 * SMALL_ROW];
    rows[3 * SMALL_ROW] = 5;
    return PngForge.deflate(rows, 6);
  }

  private static byte[] flipped(byte[] png, int at) {
    byte[] flipped = png.clone();
    flipped[at] ^= 4;
    return flipped;
  }

  private static byte[] smoothPicture(Dimensions size, int rowBytes, Random random) {
    byte[] plain = new byte[size.height() * rowBytes];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) (i % rowBytes == 0 ? 0 : i / 7 + random.nextInt(120));
    }
    return plain;
  }

  private static byte[] withoutFilterBytes(byte[] plain, int rowBytes) {
    ByteArrayOutputStream samples = new ByteArrayOutputStream();
    for (int row = 0; row < plain.length; row += rowBytes) {
      samples.write(plain, row + 1, rowBytes - 1);
    }
    return samples.toByteArray();
  }

  private static byte[] samples(byte[] png) throws IOException {
    return samples(png, 10_000_000);
  }

  private static byte[] samples(byte[] png, long maxBytes) throws IOException {
    try (PngRows rows = new PngRows(new ByteArrayInputStream(png), maxBytes)) {
      Dimensions size = rows.header().size();
      int rowBytes = 3 * size.width() * rows.header().density().sampleBytes();
      ByteArrayOutputStream samples = new ByteArrayOutputStream();
      while (rows.hasNext()) {
        int at = rows.next();
        samples.write(rows.scanlines(), at, rowBytes);
      }
      rows.finish();
      return samples.toByteArray();
    }
  }
}
