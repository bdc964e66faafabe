package io.distri.protocol.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Builds PNGs as other programs write them, and as no honest program does. */
final class PngForge {

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  PngForge() {
    file.writeBytes(PngWriter.SIGNATURE);
  }

  PngForge header(int width, int height, int bitDepth, int colourType, int interlace) {
    return chunk(
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) bitDepth)
            .put((byte) colourType)
            .putShort((short) 0)
            .put((byte) interlace)
            .array());
  }

  PngForge header(Dimensions size, Density density) {
    return header(size.width(), size.height(), density.bitDepth(), PngWriter.TRUECOLOUR, 0);
  }

  PngForge chunk(String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    return raw(ByteBuffer.allocate(4).putInt(data.length).array())
        .raw(name)
        .raw(data)
        .raw(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  /** Bytes that are no chunk. */
  PngForge raw(byte[] bytes) {
    file.writeBytes(bytes);
    return this;
  }

  /** A zlib stream in chunks of these many bytes. */
  PngForge imageData(byte[] zlib, int chunkBytes) {
    for (int at = 0; at < zlib.length; at += chunkBytes) {
      byte[] part = new byte[Math.min(chunkBytes, zlib.length - at)];
      System.arraycopy(zlib, at, part, 0, part.length);
      chunk("IDAT", part);
    }
    return this;
  }

  byte[] end() {
    return chunk("IEND", new byte[0]).bytes();
  }

  /** The file so far. */
  byte[] bytes() {
    return file.toByteArray();
  }

  static byte[] deflate(byte[] data, int level) {
    Deflater deflater = new Deflater(level);
    deflater.setInput(data);
    deflater.finish();
    ByteArrayOutputStream zlib = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 * 1024];
    while (!deflater.finished()) {
      zlib.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return zlib.toByteArray();
  }

  /** Filters plain scanlines, each with a filter of its own choice, as the PNG standard says. */
  static byte[] filter(byte[] plain, int rowBytes, int pixelBytes, Random choice) {
    byte[] filtered = new byte[plain.length];
    for (int row = 0; row < plain.length; row += rowBytes) {
      int type = choice.nextInt(5);
      filtered[row] = (byte) type;
      for (int i = 1; i < rowBytes; i++) {
        int left = i > pixelBytes ? plain[row + i - pixelBytes] & 0xFF : 0;
        int above = row > 0 ? plain[row - rowBytes + i] & 0xFF : 0;
        int corner = row > 0 && i > pixelBytes ? plain[row - rowBytes + i - pixelBytes] & 0xFF : 0;
        int predicted =
            switch (type) {
              case 1 -> left;
              case 2 -> above;
              case 3 -> (left + above) / 2;
              case 4 -> nearest(left + above - corner, left, above, corner);
              default -> 0;
            };
        filtered[row + i] = (byte) (plain[row + i] - predicted);
      }
    }
    return filtered;
  }

  private static int nearest(int estimate, int... candidates) {
    int best = candidates[0];
    for (int candidate : candidates) {
      if (Math.abs(estimate - candidate) < Math.abs(estimate - best)) {
        best = candidate;
      }
    }
    return best;
  }
}
