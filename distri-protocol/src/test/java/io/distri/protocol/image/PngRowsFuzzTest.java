package io.distri.protocol.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Timeout;

class PngRowsFuzzTest {

  @FuzzTest(maxDuration = "4s")
  @Timeout(20)
  void a_strangers_picture_is_read_whole_or_refused(byte[] png) throws IOException {
    byte[] passable = withRightChecksums(png);
    try (PngRows rows = new PngRows(new ByteArrayInputStream(passable), passable.length)) {
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
      // One of the two answers that are right.
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
