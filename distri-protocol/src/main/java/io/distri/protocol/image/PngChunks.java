package io.distri.protocol.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG from anyone: order, lengths and checksums are checked, nothing but the header
 * and the image data is looked at, and no more is read than the limit says.
 */
final class PngChunks {

  /**
   * What {@code IHDR} says.
   *
   * @param size within {@link Dimensions#MAX_SIDE}
   * @param density the density that the bit depth means
   */
  record Header(Dimensions size, Density density) {}

  private static final int IHDR_BYTES = 13;
  private static final int PLTE = 0x504C5445;

  /** Chunks whose type has this bit may be left out by a reader that doesn't know them. */
  private static final int ANCILLARY = 0x20000000;

  private static final int SCRATCH_BYTES = 4096;

  private final BufferedInputStream in;
  private final long maxBytes;
  private final CRC32 crc = new CRC32();

  /** Holds fields and what is skipped; one for all, because a file may have very many chunks. */
  private final ByteBuffer scratch = ByteBuffer.allocate(SCRATCH_BYTES);

  private long readBytes;
  private int type;
  private int remaining;

  /**
   * @param in closed by the caller
   * @param maxBytes most bytes that the file may have
   */
  PngChunks(InputStream in, long maxBytes) {
    this.in = new BufferedInputStream(in);
    this.maxBytes = maxBytes;
  }

  /** Reads the signature and {@code IHDR}, up to the first {@code IDAT}. */
  Header readHeader() throws IOException {
    if (!readFields(PngWriter.SIGNATURE.length).equals(ByteBuffer.wrap(PngWriter.SIGNATURE))) {
      throw new MalformedCarrierException("no PNG signature");
    }
    nextChunk();
    if (type != PngWriter.IHDR || remaining != IHDR_BYTES) {
      throw new MalformedCarrierException("IHDR is not first");
    }
    readData(scratch.array(), IHDR_BYTES);
    Header header = header(scratch.clear());
    endChunk();
    nextChunk();
    while (type != PngWriter.IDAT) {
      skipChunk();
      nextChunk();
    }
    return header;
  }

  /**
   * Reads image data, over the borders of chunks.
   *
   * @return how many bytes, or -1 after the last {@code IDAT}
   */
  int readImageData(byte[] into) throws IOException {
    while (type == PngWriter.IDAT && remaining == 0) {
      endChunk();
      nextChunk();
    }
    return type == PngWriter.IDAT ? readData(into, into.length) : -1;
  }

  /** Reads what follows the image data: other chunks, {@code IEND} and the end of the file. */
  void readEnd() throws IOException {
    while (type != PngWriter.IEND) {
      skipChunk();
      nextChunk();
      if (type == PngWriter.IDAT) {
        throw new MalformedCarrierException("image data in two places");
      }
    }
    if (remaining != 0) {
      throw new MalformedCarrierException("IEND is not empty");
    }
    endChunk();
    if (in.read() != -1) {
      throw new MalformedCarrierException("data after IEND");
    }
  }

  private static Header header(ByteBuffer fields) throws MalformedCarrierException {
    int width = fields.getInt();
    int height = fields.getInt();
    int bitDepth = fields.get();
    if (width < 1 || width > Dimensions.MAX_SIDE || height < 1 || height > Dimensions.MAX_SIDE) {
      throw new MalformedCarrierException("width or height out of bounds");
    }
    int colourType = fields.get();
    if ((bitDepth != 8 && bitDepth != 16) || colourType != PngWriter.TRUECOLOUR) {
      throw new MalformedCarrierException("not 8- or 16-bit RGB");
    }
    byte[] methods = new byte[3];
    fields.get(methods);
    if (!Arrays.equals(methods, new byte[3])) {
      throw new MalformedCarrierException("unknown compression or filters, or interlaced");
    }
    return new Header(new Dimensions(width, height), Density.ofBitDepth(bitDepth));
  }

  private void nextChunk() throws IOException {
    ByteBuffer head = readFields(8);
    remaining = head.getInt();
    type = head.getInt();
    if (remaining < 0 || remaining > maxBytes - readBytes) {
      throw new MalformedCarrierException("a chunk is longer than the file may be");
    }
    crc.reset();
    crc.update(head.flip().position(4));
  }

  private void skipChunk() throws IOException {
    if ((type & ANCILLARY) == 0 && type != PLTE) {
      throw new MalformedCarrierException("a critical chunk that RGB doesn't have");
    }
    while (remaining > 0) {
      readData(scratch.array(), SCRATCH_BYTES);
    }
    endChunk();
  }

  private void endChunk() throws IOException {
    if (readFields(4).getInt() != (int) crc.getValue()) {
      throw new MalformedCarrierException("a chunk's checksum is wrong");
    }
  }

  /** Reads the chunk's next bytes, all that fit. */
  private int readData(byte[] into, int length) throws IOException {
    int wanted = Math.min(length, remaining);
    readFully(into, wanted);
    crc.update(into, 0, wanted);
    remaining -= wanted;
    return wanted;
  }

  /** Reads bytes that are no chunk's data; good until the next read. */
  private ByteBuffer readFields(int length) throws IOException {
    readFully(scratch.array(), length);
    return scratch.clear().limit(length);
  }

  private void readFully(byte[] into, int length) throws IOException {
    readBytes += length;
    if (readBytes > maxBytes || in.readNBytes(into, 0, length) != length) {
      throw new MalformedCarrierException("the file is too long or ends early");
    }
  }
}
