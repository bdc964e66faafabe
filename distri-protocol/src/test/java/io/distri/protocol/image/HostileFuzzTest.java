package io.distri.protocol.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;

@Tag("volume")
class HostileFuzzTest {

  private static final List<AgeIdentity> IDENTITIES = List.of(FuzzSeeds.identity());

  @FuzzTest(maxDuration = "5m")
  void bytes_of_a_stranger_are_opened_or_refused(byte[] bytes) throws IOException {
    open(bytes);
    openBare(bytes);
    byte[] passable = withRightChecksums(bytes);
    readRows(passable);
    open(passable);
  }

  private static void open(byte[] png) throws IOException {
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    try {
      SealedImage.open(new ByteArrayInputStream(png), IDENTITIES, image, png.length);
      checkShorter(image.size(), png.length);
    } catch (NotOpenedException refused) {
      // One of the two answers that are right, as below.
    }
  }

  private static void openBare(byte[] age) throws IOException {
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    try {
      SealedImage.openBare(new ByteArrayInputStream(age), IDENTITIES, image);
      checkShorter(image.size(), age.length);
    } catch (NotOpenedException refused) {
      // Right as well.
    }
  }

  private static void readRows(byte[] png) throws IOException {
    try (PngRows rows = new PngRows(new ByteArrayInputStream(png), png.length)) {
      int height = 0;
      while (rows.hasNext()) {
        rows.next();
        height++;
      }
      rows.finish();
      if (height != rows.header().size().height()) {
        throw new AssertionError("another height than the header's");
      }
    } catch (MalformedCarrierException refused) {
      // Right as well.
    }
  }

  private static void checkShorter(int imageBytes, int carrierBytes) {
    if (imageBytes >= carrierBytes) {
      throw new AssertionError("an image larger than what carried it");
    }
  }

  /** No fuzzer guesses checksums: with these, what it changes inside a chunk is looked at. */
  private static byte[] withRightChecksums(byte[] png) {
    ByteBuffer fixed = ByteBuffer.wrap(png.clone());
    int at = PngWriter.SIGNATURE.length;
    while (at + 12 <= png.length) {
      int length = fixed.getInt(at);
      if (length < 0 || length > png.length - at - 12) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(png, at + 4, length + 4);
      fixed.putInt(at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }
    return fixed.array();
  }
}
