package io.distri.protocol.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * Writes an RGB PNG as a stream, with stored deflate blocks: scanlines with random low bits don't
 * compress, so the cost is two checksums. Every IDAT chunk holds one block.
 */
final class PngWriter {

  static final byte[] SIGNATURE = "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);

  /** Most bytes that a stored block holds: its length field has 16 bits. */
  static final int MAX_BLOCK = 65_535;

  static final int IHDR = 0x49484452;
  static final int IDAT = 0x49444154;
  static final int IEND = 0x49454E44;
  static final int TRUECOLOUR = 2;

  private static final int IHDR_BYTES = 13;

  /** A zlib header that says: 32 KiB window, fastest level, no dictionary. */
  private static final short ZLIB_HEADER = 0x7801;

  private static final int ZLIB_HEADER_BYTES = 2;
  private static final int BLOCK_HEADER_BYTES = 5;
  private static final int ADLER_BYTES = 4;
  private static final int CHUNK_HEADER_BYTES = 8;

  /** What a chunk has beside its data: its header, and its checksum. */
  private static final int CHUNK_FRAME_BYTES = CHUNK_HEADER_BYTES + 4;

  private final OutputStream out;
  private final Adler32 adler = new Adler32();
  private final CRC32 crc = new CRC32();

  /** Holds what stands between two blocks of data, so that it is one write. */
  private final ByteBuffer between = ByteBuffer.allocate(64);

  private long remaining;
  private boolean first = true;

  /**
   * Writes the signature and the header.
   *
   * @param out gets the picture; flushed and closed by the caller
   */
  PngWriter(OutputStream out, Dimensions size, Density density) throws IOException {
    this.out = out;
    this.remaining = scanlineBytes(size, density) * size.height();
    between.put(SIGNATURE);
    int start = chunk(IHDR, IHDR_BYTES);
    between.putInt(size.width()).putInt(size.height());
    between.put((byte) density.bitDepth()).put((byte) TRUECOLOUR);
    between.put((byte) 0).put((byte) 0).put((byte) 0);
    endChunk(start);
  }

  /** Bytes of a scanline: the filter's, then the samples'. */
  static long scanlineBytes(Dimensions size, Density density) {
    return 1 + 3L * density.sampleBytes() * size.width();
  }

  /**
   * How many bytes a picture has whose scanlines are written so many at a time, and what is left at
   * the end.
   */
  static long length(Dimensions size, Density density, int rowsAtATime) {
    long row = scanlineBytes(size, density);
    long blocks =
        size.height() / rowsAtATime * blocks(rowsAtATime * row)
            + blocks(size.height() % rowsAtATime * row);
    return SIGNATURE.length
        + (CHUNK_FRAME_BYTES + IHDR_BYTES)
        + blocks * (CHUNK_FRAME_BYTES + BLOCK_HEADER_BYTES)
        + ZLIB_HEADER_BYTES
        + row * size.height()
        + ADLER_BYTES
        + CHUNK_FRAME_BYTES;
  }

  private static long blocks(long bytes) {
    return (bytes + MAX_BLOCK - 1) / MAX_BLOCK;
  }

  /** Writes the next bytes of the scanlines. */
  void write(byte[] scanlines, int offset, int length) throws IOException {
    int written = 0;
    while (written < length) {
      int block = Math.min(length - written, MAX_BLOCK);
      writeBlock(scanlines, offset + written, block);
      written += block;
    }
  }

  /** Ends the picture, once every scanline was written. */
  void finish() throws IOException {
    if (remaining != 0) {
      throw new IllegalStateException(remaining + " bytes of scanlines are missing");
    }
    endChunk(chunk(IEND, 0));
    flushBetween();
  }

  private void writeBlock(byte[] data, int offset, int length) throws IOException {
    if (length > remaining) {
      throw new IllegalStateException("more scanlines than the picture has");
    }
    remaining -= length;
    boolean last = remaining == 0;
    int start =
        chunk(
            IDAT,
            (first ? ZLIB_HEADER_BYTES : 0)
                + BLOCK_HEADER_BYTES
                + length
                + (last ? ADLER_BYTES : 0));
    if (first) {
      between.putShort(ZLIB_HEADER);
      first = false;
    }
    between.put((byte) (last ? 1 : 0)).order(ByteOrder.LITTLE_ENDIAN);
    between.putShort((short) length).putShort((short) ~length).order(ByteOrder.BIG_ENDIAN);
    crc.update(between.array(), start, between.position() - start);
    flushBetween();

    out.write(data, offset, length);
    crc.update(data, offset, length);
    adler.update(data, offset, length);
    if (last) {
      between.putInt((int) adler.getValue());
      crc.update(between.array(), 0, ADLER_BYTES);
    }
    between.putInt((int) crc.getValue());
  }

  /** Starts a chunk; returns where its checksum starts. */
  private int chunk(int type, int length) {
    between.putInt(length).putInt(type);
    crc.reset();
    return between.position() - CHUNK_HEADER_BYTES / 2;
  }

  private void endChunk(int start) {
    crc.update(between.array(), start, between.position() - start);
    between.putInt((int) crc.getValue());
  }

  private void flushBetween() throws IOException {
    out.write(between.array(), 0, between.position());
    between.clear();
  }
}
