package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CarrierTest {

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_payload_written_and_read_in_any_pieces_is_the_same(long seed) throws IOException {
    Random random = new Random(seed);
    Density density = random.nextBoolean() ? Density.HI16 : Density.TWO_BITS;
    byte[] payload = Sealing.bytes(random.nextInt(200_000), seed);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    CarrierWriter writer = new CarrierWriter(png, payload.length, density, Sealing.COVERS);
    for (int at = 0; at < payload.length; ) {
      int n = Math.min(1 + random.nextInt(9000), payload.length - at);
      writer.write(payload, at, n);
      at += n;
    }
    writer.finish();
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (PngRows rows = new PngRows(new ByteArrayInputStream(png.toByteArray()), png.size())) {
      CarrierReader reader = new CarrierReader(rows);
      byte[] buffer = new byte[9100];
      int offset = random.nextInt(100);
      int n;
      while ((n = reader.read(buffer, offset, 1 + random.nextInt(9000))) >= 0) {
        read.write(buffer, offset, n);
      }
      reader.finish();
    }

    assertThat(read.toByteArray()).isEqualTo(payload);
  }

  @ParameterizedTest
  @CsvSource({"HI16,80000,2.1", "HI16,3145728,2.05", "TWO_BITS,80000,4.2"})
  void a_picture_is_little_larger_than_its_payload_needs(Density density, int bytes, double most) {
    byte[] png = Sealing.seal(new byte[bytes], density);

    assertThat((double) png.length / bytes).isLessThanOrEqualTo(most);
  }

  @ParameterizedTest
  @CsvSource({
    "HI16,1,50",
    "HI16,80000,50",
    "HI16,3000000,50",
    "TWO_BITS,1,43",
    "TWO_BITS,80000,43"
  })
  void the_picture_looks_like_the_cover_in_every_channel(Density density, int bytes, double least)
      throws IOException {
    byte[] png = Sealing.seal(Sealing.bytes(bytes, 4), density);
    Raster shown = ImageIO.read(new ByteArrayInputStream(png)).getRaster();
    Dimensions size = new Dimensions(shown.getWidth(), shown.getHeight());
    CoverRows cover = Sealing.COVERS.rows(size);

    for (int channel = 0; channel < 3; channel++) {
      double squares = 0;
      for (int y = 0; y < size.height(); y++) {
        int at = cover.seek(y);
        for (int x = 0; x < size.width(); x++) {
          // As a screen shows it: scaled to 8 bits.
          double sample = shown.getSample(x, y, channel) * 255.0 / ((1 << density.bitDepth()) - 1);
          double error = sample - (cover.pixels()[at + 3 * x + channel] & 0xFF);
          squares += error * error;
        }
      }
      double psnr = 10 * Math.log10(255 * 255 / (squares / size.pixels()));
      assertThat(psnr).as("channel " + channel).isGreaterThan(least);
    }
  }

  @Test
  void the_sparse_density_survives_a_program_that_saves_the_picture_again() throws Exception {
    byte[] image = Sealing.bytes(50_000, 5);
    BufferedImage loaded =
        ImageIO.read(new ByteArrayInputStream(Sealing.seal(image, Density.TWO_BITS)));
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    ImageIO.write(loaded, "png", saved);

    assertThat(Sealing.open(saved.toByteArray())).isEqualTo(image);
  }

  @Test
  void nothing_but_the_three_needed_kinds_of_chunk_is_written() throws IOException {
    byte[] png = Sealing.seal(Sealing.bytes(200_000, 6), Density.HI16);
    int at = 8;
    StringBuilder types = new StringBuilder();
    while (at < png.length) {
      int length = ByteBuffer.wrap(png, at, 4).getInt();
      String type = new String(png, at + 4, 4, StandardCharsets.US_ASCII);
      types.append(types.toString().endsWith(type + " ") ? "" : type + " ");
      at += 12 + length;
    }

    assertThat(types).hasToString("IHDR IDAT IEND ");
  }

  @ParameterizedTest
  @EnumSource
  void the_end_of_the_payload_does_not_show(Density density) throws IOException {
    // An empty payload: all but the header is fill, and must look as random as an age file.
    byte[] png = Sealing.carrier(new byte[0], density);
    int[] counts = new int[256];
    int total = 0;
    try (PngRows rows = new PngRows(new ByteArrayInputStream(png), png.length)) {
      byte[] bytes = new byte[3 * rows.header().size().width() / density.samplesPerByte()];
      while (rows.hasNext()) {
        int at = rows.next();
        density
            .codec()
            .extract(rows.scanlines(), at, bytes, 0, bytes.length * density.samplesPerByte());
        for (byte b : bytes) {
          counts[b & 0xFF]++;
          total++;
        }
      }
    }
    double chiSquare = 0;
    double expected = total / 256.0;
    for (int count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }

    // 255 degrees of freedom: 400 is passed by chance once in 10^8 times.
    assertThat(chiSquare).isBetween(130.0, 400.0);
  }

  @ParameterizedTest
  @CsvSource({"-1", "9223372036854775807", "4611686018427387904", "18419"})
  void a_payload_longer_than_the_picture_is_refused(long payloadBytes) throws IOException {
    byte[] header = new CarrierHeader(Density.HI16, payloadBytes).encode();
    byte[] png = forged(header);

    assertThatExceptionOfType(MalformedCarrierException.class).isThrownBy(() -> read(png));
  }

  @ParameterizedTest
  @CsvSource({"0,68", "3,50", "4,0", "4,2", "4,3", "5,1"})
  void another_magic_density_or_flags_are_refused(int at, byte value) throws IOException {
    byte[] header = new CarrierHeader(Density.HI16, 100).encode();
    read(forged(header));
    byte before = header[at];
    header[at] = value == before ? (byte) (value + 1) : value;

    assertThatExceptionOfType(MalformedCarrierException.class)
        .isThrownBy(() -> read(forged(header)));
  }

  /** A 96 × 64 picture with room for 18418 bytes of payload, whose header is this. */
  private static byte[] forged(byte[] header) throws IOException {
    Dimensions size = new Dimensions(96, 64);
    byte[] scanlines = Sealing.bytes(64 * (1 + 6 * 96), 8);
    for (int row = 0; row < 64; row++) {
      scanlines[row * (1 + 6 * 96)] = 0;
    }
    new Hi16Samples().embed(header, 0, new byte[14], 0, scanlines, 1, header.length);
    return new PngForge()
        .header(size, Density.HI16)
        .imageData(PngForge.deflate(scanlines, 0), 5000)
        .end();
  }

  private static void read(byte[] png) throws IOException {
    try (PngRows rows = new PngRows(new ByteArrayInputStream(png), png.length)) {
      CarrierReader carrier = new CarrierReader(rows);
      byte[] buffer = new byte[1000];
      while (carrier.read(buffer, 0, buffer.length) >= 0) {}
      carrier.finish();
    }
  }
}
