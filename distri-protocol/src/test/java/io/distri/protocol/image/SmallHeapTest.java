package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallHeapTest {

  private static final long IMAGE_BYTES = 50L << 20;

  @TempDir Path directory;

  @Test
  void an_image_of_50_mb_is_sealed_and_opened_in_a_heap_of_64_mb() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapTest.class.getName(),
                directory.resolve("sealed.png").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(output).endsWith("same\n");
  }

  /** What the small JVM runs: seals an image to the file named, opens it, compares checksums. */
  public static void main(String[] arguments) throws IOException, NotOpenedException {
    Path png = Path.of(arguments[0]);
    AgeIdentity identity = AgeIdentity.generate();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(png))) {
      SealedImage.seal(
          new RandomImage(), IMAGE_BYTES, List.of(identity.recipient()), Covers.shipped(), out);
    }
    CheckedOutputStream opened =
        new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
    try (InputStream in = new BufferedInputStream(Files.newInputStream(png))) {
      SealedImage.open(in, List.of(identity), opened, 200L << 20);
    }
    CRC32 expected = new CRC32();
    byte[] buffer = new byte[8192];
    InputStream image = new RandomImage();
    int n;
    while ((n = image.read(buffer)) >= 0) {
      expected.update(buffer, 0, n);
    }
    System.out.println(expected.getValue() == opened.getChecksum().getValue() ? "same" : "other");
  }

  /** Always the same 50 MB that nothing holds. */
  private static final class RandomImage extends InputStream {

    private final SplittableRandom random = new SplittableRandom(50);
    private long left = IMAGE_BYTES;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      // 8 divides the image and every buffer here, so that the pieces don't matter.
      int n = (int) Math.min(left, length);
      for (int i = 0; i < n; i += 8) {
        long word = random.nextLong();
        for (int j = i; j < Math.min(i + 8, n); j++) {
          into[offset + j] = (byte) (word >>> 8 * (j - i));
        }
      }
      left -= n;
      return n;
    }
  }
}
