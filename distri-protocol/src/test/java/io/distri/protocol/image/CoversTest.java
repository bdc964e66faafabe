package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoversTest {

  private static final Dimensions THUMBNAIL = new Dimensions(120, 80);

  @TempDir Path directory;

  @Test
  void the_cache_keeps_to_its_bytes_and_returns_the_same_pixels() {
    Covers covers = new Covers(gradient(300, 200), 200_000);
    byte[] first = covers.rows(THUMBNAIL).pixels();
    assertThat(covers.cachedBytes()).isEqualTo(THUMBNAIL.samples());
    assertThat(covers.rows(THUMBNAIL).pixels()).isSameAs(first);

    for (int width = 60; width < 180; width++) {
      covers.rows(new Dimensions(width, 100));
      assertThat(covers.cachedBytes()).isLessThanOrEqualTo(200_000);
    }

    assertThat(covers.rows(THUMBNAIL).pixels()).isNotSameAs(first).isEqualTo(first);
  }

  @Test
  void a_size_too_large_for_the_cache_is_scaled_while_it_is_read() {
    Covers covers = new Covers(gradient(300, 200), 20_000);
    Dimensions size = new Dimensions(450, 300);
    byte[] whole = new Covers(gradient(300, 200), 10_000_000).rows(size).pixels();
    CoverRows rows = covers.rows(size);

    for (int y = 0; y < size.height(); y++) {
      int at = rows.seek(y);
      assertThat(Arrays.copyOfRange(rows.pixels(), at, at + 3 * size.width()))
          .isEqualTo(Arrays.copyOfRange(whole, y * 3 * size.width(), (y + 1) * 3 * size.width()));
    }
    assertThat(covers.cachedBytes()).isZero();
  }

  @Test
  void many_threads_get_the_same_pixels() {
    Covers covers = new Covers(gradient(300, 200), 60_000);
    List<CompletableFuture<byte[]>> all =
        IntStream.range(0, 200)
            .mapToObj(i ->
                CompletableFuture.supplyAsync(
                    () -> covers.rows(new Dimensions(50 + i % 4 * 10, 50)).pixels()))
            .toList();

    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).join())
          .isEqualTo(
              new Covers(gradient(300, 200), 60_000)
                  .rows(new Dimensions(50 + i % 4 * 10, 50))
                  .pixels());
    }
    assertThat(covers.cachedBytes()).isLessThanOrEqualTo(60_000);
  }

  @Test
  void a_scaled_cover_looks_like_the_cover() {
    for (Dimensions size : List.of(THUMBNAIL, new Dimensions(299, 201), new Dimensions(900, 600))) {
      CoverRows rows = new Covers(gradient(300, 200), 10_000_000).rows(size);
      for (int y = 0; y < size.height(); y++) {
        int at = rows.seek(y);
        for (int x = 0; x < size.width(); x++) {
          double across = (x + 0.5) / size.width();
          double down = (y + 0.5) / size.height();
          assertThat(rows.pixels()[at + 3 * x] & 0xFF).isCloseTo(red(across), within(3));
          assertThat(rows.pixels()[at + 3 * x + 1] & 0xFF).isCloseTo(red(down), within(3));
        }
      }
    }
  }

  @Test
  void a_cover_in_its_own_size_is_unchanged_and_in_twice_the_size_lies_between_its_pixels() {
    Dimensions own = new Dimensions(31, 17);
    byte[] noise = Sealing.bytes((int) own.samples(), 9);
    CoverPicture cover = new CoverPicture(own, noise);

    assertThat(cover.scaledTo(own).rgb()).isEqualTo(noise);
    byte[] twice = cover.scaledTo(new Dimensions(62, 34)).rgb();
    // The second pixel of a row lies a quarter of the way from the first one to the next.
    double expected = 0.75 * (noise[0] & 0xFF) + 0.25 * (noise[3] & 0xFF);
    assertThat(twice[0]).isEqualTo(noise[0]);
    assertThat((double) (twice[3] & 0xFF)).isCloseTo(expected, within(1.0));
  }

  @Test
  void a_cover_of_one_pixel_or_one_row_serves_too() {
    for (Dimensions odd :
        List.of(new Dimensions(1, 1), new Dimensions(700, 1), new Dimensions(1, 700))) {
      byte[] grey = new byte[(int) odd.samples()];
      Arrays.fill(grey, (byte) 77);
      Covers covers = new Covers(new CoverPicture(odd, grey), 1_000_000);

      byte[] scaled = covers.rows(THUMBNAIL).pixels();

      assertThat(scaled).containsOnly(77);
      assertThat(covers.aspect()).isBetween(0.125, 8.0);
    }
  }

  @Test
  void an_operators_picture_is_read_with_white_where_it_is_transparent() throws IOException {
    BufferedImage picture = new BufferedImage(60, 40, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(Color.RED);
    pen.fillRect(0, 0, 30, 40);
    pen.dispose();
    Path file = directory.resolve("cover.png");
    ImageIO.write(picture, "png", file.toFile());

    byte[] pixels = Covers.of(file).rows(new Dimensions(60, 40)).pixels();

    assertThat(Arrays.copyOfRange(pixels, 0, 3)).containsExactly(255, 0, 0);
    assertThat(Arrays.copyOfRange(pixels, 3 * 59, 3 * 60)).containsExactly(255, 255, 255);
  }

  @Test
  void a_large_cover_is_kept_small() throws IOException {
    Path file = directory.resolve("large.png");
    ImageIO.write(
        new BufferedImage(5000, 4000, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());

    try (var in = Files.newInputStream(file)) {
      Dimensions kept = CoverReader.read(in, "large.png").size();
      assertThat(kept.pixels()).isLessThanOrEqualTo(2_000_000);
      assertThat((double) kept.width() / kept.height()).isCloseTo(1.25, within(0.01));
    }
  }

  @Test
  void what_is_no_picture_or_a_damaged_one_is_refused_with_its_name() throws IOException {
    Path text = Files.writeString(directory.resolve("cover.txt"), "not a picture");
    ImageIO.write(
        new BufferedImage(50, 50, BufferedImage.TYPE_INT_RGB),
        "png",
        directory.resolve("whole.png").toFile());
    byte[] whole = Files.readAllBytes(directory.resolve("whole.png"));
    Path half = Files.write(directory.resolve("half.png"), Arrays.copyOf(whole, 45));

    assertThatThrownBy(() -> Covers.of(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cover.txt is not a picture");
    assertThatThrownBy(() -> Covers.of(half))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("half.png is a damaged picture");
    assertThatThrownBy(() -> Covers.of(directory.resolve("none.png")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.png");
  }

  private static CoverPicture gradient(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        rgb[3 * (y * width + x)] = (byte) red((x + 0.5) / width);
        rgb[3 * (y * width + x) + 1] = (byte) red((y + 0.5) / height);
        rgb[3 * (y * width + x) + 2] = (byte) 50;
      }
    }
    return new CoverPicture(new Dimensions(width, height), rgb);
  }

  private static int red(double share) {
    return (int) Math.round(20 + 200 * share);
  }
}
