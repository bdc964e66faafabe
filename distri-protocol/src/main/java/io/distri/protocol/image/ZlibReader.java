package io.distri.protocol.image;

import java.io.Closeable;
import java.io.IOException;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The zlib stream (RFC 1950) in the image data of a PNG from anyone. The inflater gets the bare
 * deflate stream: Java's Adler-32 takes a fraction of the time of the one inside the inflater.
 */
final class ZlibReader implements Closeable {

  private static final int INPUT_BYTES = 32 * 1024;

  /**
   * How many times its size a genuine carrier can inflate to: a quarter of its bits are random, so
   * less than four times. What inflates further is a bomb, and refused as soon as it does.
   */
  static final int MAX_RATIO = 5;

  /** Leaves room for what deflate holds back at the start of a stream. */
  private static final long RATIO_SLACK_BYTES = 256 * 1024;

  private static final int DEFLATE = 8;
  private static final int LARGEST_WINDOW = 7;
  private static final int DICTIONARY = 0x20;
  private static final int HEADER_CHECK = 31;

  private final PngChunks chunks;
  private final Inflater inflater = new Inflater(true);
  private final Adler32 adler = new Adler32();
  private final byte[] input = new byte[INPUT_BYTES];
  private int inputAt;
  private int inputEnd;
  private boolean started;

  /**
   * @param chunks at the image data
   */
  ZlibReader(PngChunks chunks) {
    this.chunks = chunks;
  }

  /** Inflates so many bytes; fewer where the stream ends before. */
  int read(byte[] into, int offset, int length) throws IOException {
    if (!started) {
      readHeader();
      started = true;
    }
    int done = 0;
    try {
      while (done < length && !inflater.finished()) {
        int n = inflater.inflate(into, offset + done, length - done);
        done += n;
        if (inflater.getBytesWritten() > MAX_RATIO * inflater.getBytesRead() + RATIO_SLACK_BYTES) {
          throw new MalformedCarrierException("a decompression bomb");
        }
        if (n == 0 && !inflater.finished()) {
          feed();
        }
      }
    } catch (DataFormatException broken) {
      throw broken();
    }
    adler.update(into, offset, done);
    return done;
  }

  /** Checks that what was read was all, and that the image data ends with it. */
  void finish() throws IOException {
    if (read(new byte[1], 0, 1) != 0) {
      throw new MalformedCarrierException("more image data than rows");
    }
    inputAt = inputEnd - inflater.getRemaining();
    int checksum = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      checksum = checksum << Byte.SIZE | nextByte();
    }
    if (checksum != (int) adler.getValue()) {
      throw broken();
    }
    if (inputAt < inputEnd || chunks.readImageData(input) > 0) {
      throw new MalformedCarrierException("data after the deflate stream");
    }
  }

  /** Frees the memory outside the heap. */
  @Override
  public void close() {
    inflater.end();
  }

  private void readHeader() throws IOException {
    int method = nextByte();
    int flags = nextByte();
    if ((method & 0xF) != DEFLATE
        || method >> 4 > LARGEST_WINDOW
        || (flags & DICTIONARY) != 0
        || (method << Byte.SIZE | flags) % HEADER_CHECK != 0) {
      throw broken();
    }
  }

  private void feed() throws IOException {
    if (inputAt == inputEnd) {
      fill();
    }
    inflater.setInput(input, inputAt, inputEnd - inputAt);
    inputAt = inputEnd;
  }

  private int nextByte() throws IOException {
    if (inputAt == inputEnd) {
      fill();
    }
    return input[inputAt++] & 0xFF;
  }

  private void fill() throws IOException {
    int n = chunks.readImageData(input);
    if (n < 0) {
      throw new MalformedCarrierException("image data ends early");
    }
    inputAt = 0;
    inputEnd = n;
  }

  private static MalformedCarrierException broken() {
    return new MalformedCarrierException("broken deflate stream");
  }
}
