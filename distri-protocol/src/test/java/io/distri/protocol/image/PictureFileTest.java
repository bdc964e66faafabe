package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures as people see them, and those that mean harm. */
class PictureFileTest {
  private static final int WIDTH = 48;
  private static final int HEIGHT = 32;

  /** Of the corners of the picture in the file, from the upper left one clockwise. */
  private static final List<Color> CORNERS =
      List.of(Color.RED, Color.GREEN, Color.BLUE, Color.WHITE);

  @ParameterizedTest
  @CsvSource({"1,0123", "2,1032", "3,2301", "4,3210", "5,0321", "6,3012", "7,2103", "8,1230"})
  void a_picture_stands_upright_whatever_its_orientation(int orientation, String shown)
      throws IOException {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      byte[] exif = exif(order, 0x0112, orientation);
      for (byte[] file : List.of(jpeg(exif), png(exif), tiff(order, orientation))) {
        BufferedImage picture = decode(file);
        boolean turned = orientation > 4;
        int right = (turned ? HEIGHT : WIDTH) - 1;
        int bottom = (turned ? WIDTH : HEIGHT) - 1;
        assertThat(picture.getWidth()).isEqualTo(right + 1);
        assertThat(picture.getHeight()).isEqualTo(bottom + 1);
        assertThat(corner(picture, 0, 0)).isEqualTo(shown.charAt(0) - '0');
        assertThat(corner(picture, right, 0)).isEqualTo(shown.charAt(1) - '0');
        assertThat(corner(picture, right, bottom)).isEqualTo(shown.charAt(2) - '0');
        assertThat(corner(picture, 0, bottom)).isEqualTo(shown.charAt(3) - '0');
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 255, 65_535})
  void an_orientation_that_does_not_exist_is_upright(int orientation) throws IOException {
    byte[] exif = exif(ByteOrder.BIG_ENDIAN, 0x0112, orientation);
    assertThat(corner(decode(jpeg(exif)), 0, 0)).isZero();
  }

  @Test
  void damaged_exif_turns_nothing_and_breaks_nothing() throws IOException {
    byte[] good = exif(ByteOrder.BIG_ENDIAN, 0x0112, 6);
    Random random = new Random(22);
    for (int length = 0; length < good.length; length++) {
      assertThat(decode(jpeg(Arrays.copyOf(good, length)))).isNotNull();
    }
    for (int round = 0; round < 2000; round++) {
      byte[] exif = good.clone();
      for (int i = 0; i < 3; i++) {
        exif[random.nextInt(exif.length)] = (byte) random.nextInt();
      }
      PictureHead head = PictureHead.read(in(round % 2 == 0 ? jpeg(exif) : png(exif)));
      assertThat(head.orientation()).isBetween(1, 8);
    }
  }

  @Test
  void a_file_of_nothing_but_empty_segments_is_not_read_to_its_end() throws IOException {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    jpeg.write(0xFF);
    jpeg.write(0xD8);
    for (int i = 0; i < 1_000_000; i++) {
      jpeg.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE5, 0, 2});
    }
    var in = in(jpeg.toByteArray());
    assertThat(PictureHead.read(in).orientation()).isEqualTo(1);
  }

  @Test
  void grey_is_the_shade_that_the_file_says() throws IOException {
    for (int type : List.of(BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY)) {
      BufferedImage grey = new BufferedImage(16, 16, type);
      int sample = type == BufferedImage.TYPE_BYTE_GRAY ? 128 : 128 * 257;
      for (int pixel = 0; pixel < 256; pixel++) {
        grey.getRaster().setSample(pixel % 16, pixel / 16, 0, sample);
      }
      for (String format : List.of("png", "tiff")) {
        assertThat(decode(written(grey, format)).getRGB(8, 8) & 0xFFFFFF).isEqualTo(0x808080);
      }
      if (type == BufferedImage.TYPE_BYTE_GRAY) {
        assertThat(decode(written(grey, "jpg")).getRGB(8, 8) & 0xFF).isCloseTo(128, within(2));
      }
    }
  }

  @Test
  void what_would_fill_the_memory_is_not_decodable() throws IOException {
    assertThat(isDecodable(jpeg(exif(ByteOrder.BIG_ENDIAN, 0x0112, 1)))).isTrue();
    // One strip, one row, and all of a picture at a time.
    assertThat(isDecodable(tiffOf(19_000, 19_000))).isFalse();
    assertThat(isDecodable(headerOf(390_000_000, 1))).isFalse();
    assertThat(isDecodable(progressiveJpeg(60_000, 6_000))).isFalse();
    assertThat(isDecodable(progressiveJpeg(6_000, 6_000))).isTrue();
  }

  private static boolean isDecodable(byte[] file) throws IOException {
    try (PictureFile picture = PictureFile.open(in(file)).orElseThrow()) {
      return picture.isDecodable();
    }
  }

  private static BufferedImage decode(byte[] file) throws IOException {
    try (PictureFile picture = PictureFile.open(in(file)).orElseThrow()) {
      BufferedImage decoded = picture.decode(1);
      assertThat(picture.width()).isEqualTo(decoded.getWidth());
      assertThat(picture.height()).isEqualTo(decoded.getHeight());
      return decoded;
    }
  }

  private static MemoryCacheImageInputStream in(byte[] file) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
  }

  /** Which corner of the file's picture a pixel is from; colours of a JPEG are not exact. */
  private static int corner(BufferedImage picture, int x, int y) {
    Color color = new Color(picture.getRGB(x, y));
    boolean red = color.getRed() > 128;
    boolean green = color.getGreen() > 128;
    return red && green ? 3 : red ? 0 : green ? 1 : 2;
  }

  private static BufferedImage corners() {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        boolean right = x >= WIDTH / 2;
        boolean below = y >= HEIGHT / 2;
        picture.setRGB(x, y, CORNERS.get(below ? (right ? 2 : 3) : (right ? 1 : 0)).getRGB());
      }
    }
    return picture;
  }

  private static byte[] written(BufferedImage picture, String format) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, format, file)).isTrue();
    return file.toByteArray();
  }

  /** A TIFF of one directory with one entry. */
  private static byte[] exif(ByteOrder order, int tag, int value) {
    return ByteBuffer.allocate(26)
        .order(order)
        .putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4D4D : 0x4949))
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) tag)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) value)
        .array();
  }

  private static byte[] jpeg(byte[] exif) throws IOException {
    byte[] plain = written(corners(), "jpg");
    return ByteBuffer.allocate(plain.length + 10 + exif.length)
        .put(plain, 0, 2)
        .putShort((short) 0xFFE1)
        .putShort((short) (8 + exif.length))
        .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
        .put(exif)
        .put(plain, 2, plain.length - 2)
        .array();
  }

  private static byte[] png(byte[] exif) throws IOException {
    byte[] plain = written(corners(), "png");
    int header = 8 + 25;
    return ByteBuffer.allocate(plain.length + 12 + exif.length)
        .put(plain, 0, header)
        .put(chunk("eXIf", exif))
        .put(plain, header, plain.length - header)
        .array();
  }

  private static byte[] chunk(String type, byte[] data) {
    ByteBuffer chunk =
        ByteBuffer.allocate(12 + data.length)
            .putInt(data.length)
            .put(type.getBytes(StandardCharsets.US_ASCII))
            .put(data);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, 4 + data.length);
    return chunk.putInt((int) crc.getValue()).array();
  }

  /** Uncompressed, 8-bit RGB in one strip. */
  private static byte[] tiff(ByteOrder order, int orientation) {
    int[][] entries = {
      {256, WIDTH},
      {257, HEIGHT},
      {258, 8},
      {259, 1},
      {262, 2},
      {273, 200},
      {274, orientation},
      {277, 3},
      {278, HEIGHT},
      {279, 3 * WIDTH * HEIGHT}
    };
    ByteBuffer file = directory(order, entries, 200 + 3 * WIDTH * HEIGHT);
    file.position(200);
    for (int pixel : corners().getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH)) {
      file.put((byte) (pixel >> 16)).put((byte) (pixel >> 8)).put((byte) pixel);
    }
    return file.array();
  }

  /** Grey, and claims to unfold from one small strip. */
  private static byte[] tiffOf(int width, int height) {
    int[][] entries = {
      {256, width},
      {257, height},
      {258, 8},
      {259, 8},
      {262, 1},
      {273, 200},
      {277, 1},
      {278, height},
      {279, 100}
    };
    return directory(ByteOrder.LITTLE_ENDIAN, entries, 300).array();
  }

  private static ByteBuffer directory(ByteOrder order, int[][] entries, int bytes) {
    ByteBuffer file =
        ByteBuffer.allocate(bytes)
            .order(order)
            .putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4D4D : 0x4949))
            .putShort((short) 42)
            .putInt(8)
            .putShort((short) entries.length);
    for (int[] entry : entries) {
      // Shorts where they fit: an int with the same meaning in both orders needs another type.
      boolean isShort = entry[1] <= 0xFFFF;
      file.putShort((short) entry[0]).putShort((short) (isShort ? 3 : 4)).putInt(1);
      if (isShort) {
        file.putShort((short) entry[1]).putShort((short) 0);
      } else {
        file.putInt(entry[1]);
      }
    }
    return file;
  }

  /** The beginning of a PNG. */
  private static byte[] headerOf(int width, int height) throws IOException {
    byte[] png = written(corners(), "png");
    byte[] size = ByteBuffer.allocate(13).putInt(width).putInt(height).put(png, 24, 5).array();
    System.arraycopy(chunk("IHDR", size), 0, png, 8, 25);
    return png;
  }

  private static byte[] progressiveJpeg(int width, int height) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    try (var out = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(corners(), null, null), param);
    } finally {
      writer.dispose();
    }
    byte[] jpeg = file.toByteArray();
    ByteBuffer bytes = ByteBuffer.wrap(jpeg);
    int frame = 0;
    while (bytes.getShort(frame) != (short) 0xFFC2) {
      frame++;
    }
    bytes.putShort(frame + 5, (short) height).putShort(frame + 7, (short) width);
    return jpeg;
  }
}
