package io.distri.peer.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.distri.peer.Pictures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thumbnails of images that mean harm. */
class PreviewTest {

  /** Bytes; an image that is decoded whole takes 10 times as many. */
  private static final long LITTLE = 40_000_000;

  @TempDir private Path directory;

  @Test
  void a_small_file_that_unfolds_to_a_hundred_million_pixels_takes_little_memory()
      throws Exception {
    byte[] bomb = blackPng(10_000, 10_000);
    assertThat(bomb.length).isLessThan(200_000);
    Path file = Files.write(directory.resolve("bomb.png"), bomb);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Preview preview = Preview.of(file);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(LITTLE);
    assertThat(preview.width()).isEqualTo(10_000);
    assertThat(Preview.isThumbnail(Base64.getDecoder().decode(preview.thumbnail()))).isTrue();
  }

  @Test
  void what_claims_more_pixels_than_any_camera_has_is_not_decoded() throws Exception {
    Path file = Files.write(directory.resolve("bomb.png"), blackPng(60_000, 10, 60_000));
    Preview preview = Preview.of(file);
    assertThat(preview.height()).isEqualTo(60_000);
    assertThat(preview.thumbnail()).isEmpty();
  }

  @Test
  void a_photo_from_a_phone_stands_upright() throws Exception {
    Preview preview = Preview.of(Files.write(directory.resolve("phone.jpg"), Pictures.turned(6)));
    byte[] thumbnail = Base64.getDecoder().decode(preview.thumbnail());
    assertThat(preview.width()).isLessThan(preview.height());
    var shown = ImageIO.read(new ByteArrayInputStream(thumbnail));
    assertThat(shown.getWidth()).isLessThan(shown.getHeight());
  }

  @Test
  void a_tiff_of_one_enormous_strip_has_no_thumbnail() throws Exception {
    Preview preview =
        Preview.of(Files.write(directory.resolve("bomb.tiff"), Pictures.tiff(19_000)));
    assertThat(preview).isEqualTo(new Preview(19_000, 19_000, ""));
  }

  @Test
  void nothing_of_an_images_metadata_is_in_its_thumbnail() throws Exception {
    Path file =
        Files.write(
            directory.resolve("cat.jpg"), Pictures.withComment("<script>alert(1)</script>"));
    byte[] thumbnail = Base64.getDecoder().decode(Preview.of(file).thumbnail());
    assertThat(new String(thumbnail, StandardCharsets.ISO_8859_1)).doesNotContain("script");
    assertThat(Preview.isThumbnail(thumbnail)).isTrue();
  }

  private static byte[] blackPng(int width, int height) throws IOException {
    return blackPng(width, height, height);
  }

  /** A PNG of 1 bit a pixel, which may claim to be higher than it is. */
  private static byte[] blackPng(int width, int rows, int claimed) throws IOException {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(pixels)) {
      byte[] row = new byte[1 + (width + 7) / 8];
      for (int i = 0; i < rows; i++) {
        deflater.write(row);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(claimed).put((byte) 1).array();
    png.writeBytes(chunk("IHDR", header));
    png.writeBytes(chunk("IDAT", pixels.toByteArray()));
    png.writeBytes(chunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  private static byte[] chunk(String type, byte[] data) {
    byte[] named =
        ByteBuffer.allocate(4 + data.length)
            .put(type.getBytes(StandardCharsets.US_ASCII))
            .put(data)
            .array();
    CRC32 crc = new CRC32();
    crc.update(named);
    ByteBuffer chunk = ByteBuffer.allocate(named.length + 8).putInt(data.length).put(named);
    return chunk.putInt((int) crc.getValue()).array();
  }
}
