package io.distri.protocol.image;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The scanlines of an RGB PNG from anyone, inflated a few at a time. Memory is bounded by a row's
 * width, time by the file's length.
 */
final class PngRows implements Closeable {

  private static final int INPUT_BYTES = 32 * 1024;
  private static final int BATCH_BYTES = 64 * 1024;

  /**
   * How many times its size a genuine carrier can inflate to: a quarter of its bits are random, so
   * less than four times. What inflates further is a bomb, and refused as soon as it does.
   */
  private static final int MAX_RATIO = 5;

  /** Leaves room for what deflate holds back at the start of a stream. */
  private static final long RATIO_SLACK_BYTES = 256 * 1024;

  private final PngChunks chunks;
  private final PngChunks.Header header;
  private final Inflater inflater;
  private final byte[] input;
  private final int rowBytes;
  private final int batchRows;

  /** A row of zeros or the last of the batch before, then the batch. */
  private final byte[] rows;

  private int rowsLeft;
  private int rowsInBatch;
  private int current;

  /**
   * Reads the header.
   *
   * @param in closed by the caller
   * @param maxBytes most bytes that the file may have
   */
  PngRows(InputStream in, long maxBytes) throws IOException {
    this.chunks = new PngChunks(in, maxBytes);
    this.header = chunks.readHeader();
    Dimensions size = header.size();
    long scanline = PngWriter.scanlineBytes(size, header.density());
    if (scanline * size.height() / MAX_RATIO > maxBytes) {
      throw new MalformedCarrierException("more pixels than a file of that length carries");
    }
    this.rowBytes = Math.toIntExact(scanline);
    this.batchRows = Math.min(Math.max(BATCH_BYTES / rowBytes, 1), size.height());
    this.rows = new byte[(batchRows + 1) * rowBytes];
    this.input = new byte[INPUT_BYTES];
    this.rowsLeft = size.height();
    this.inflater = new Inflater();
  }

  PngChunks.Header header() {
    return header;
  }

  /** Where {@link #next} puts scanlines, unfiltered. Only to be read. */
  byte[] scanlines() {
    return rows;
  }

  /** Reads the next row; returns where its first sample is in {@link #scanlines}. */
  int next() throws IOException {
    if (current == rowsInBatch) {
      readBatch();
    }
    current++;
    int at = current * rowBytes;
    Filter.undo(rows, at, rowBytes, 3 * header.density().sampleBytes());
    return at + 1;
  }

  /** Whether {@link #next} has another row. */
  boolean hasNext() {
    return rowsLeft > 0 || current < rowsInBatch;
  }

  /** Checks, after the last row, that the file ends as it must. */
  void finish() throws IOException {
    byte[] excess = new byte[1];
    if (inflate(excess, 0, 1) != 0) {
      throw new MalformedCarrierException("more image data than rows");
    }
    if (inflater.getRemaining() != 0 || chunks.readImageData(input) > 0) {
      throw new MalformedCarrierException("data after the deflate stream");
    }
    chunks.readEnd();
  }

  /** Frees the memory outside the heap. */
  @Override
  public void close() {
    inflater.end();
  }

  private void readBatch() throws IOException {
    System.arraycopy(rows, current * rowBytes, rows, 0, rowBytes);
    rowsInBatch = Math.min(batchRows, rowsLeft);
    rowsLeft -= rowsInBatch;
    current = 0;
    int wanted = rowsInBatch * rowBytes;
    if (inflate(rows, rowBytes, wanted) != wanted) {
      throw new MalformedCarrierException("fewer rows than the header says");
    }
  }

  /** Inflates so many bytes; fewer where the deflate stream ends before. */
  private int inflate(byte[] into, int offset, int length) throws IOException {
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
      throw new MalformedCarrierException("broken deflate stream");
    }
    return done;
  }

  private void feed() throws IOException {
    if (inflater.needsDictionary() || !inflater.needsInput()) {
      throw new MalformedCarrierException("a deflate stream with a dictionary");
    }
    int n = chunks.readImageData(input);
    if (n < 0) {
      throw new MalformedCarrierException("image data ends early");
    }
    inflater.setInput(input, 0, n);
  }
}
