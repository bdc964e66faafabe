package io.distri.protocol.image;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * The scanlines of an RGB PNG from anyone, inflated a few at a time. Memory is bounded by a row's
 * width, time by the file's length.
 */
final class PngRows implements Closeable {

  private static final int BATCH_BYTES = 64 * 1024;

  private final PngChunks chunks;
  private final PngChunks.Header header;
  private final ZlibReader zlib;
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
    if (scanline * size.height() / ZlibReader.MAX_RATIO > maxBytes) {
      throw new MalformedCarrierException("more pixels than a file of that length carries");
    }
    this.rowBytes = Math.toIntExact(scanline);
    this.batchRows = Math.min(Math.max(BATCH_BYTES / rowBytes, 1), size.height());
    this.rows = new byte[(batchRows + 1) * rowBytes];
    this.rowsLeft = size.height();
    this.zlib = new ZlibReader(chunks);
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
    zlib.finish();
    chunks.readEnd();
  }

  /** Frees the memory outside the heap. */
  @Override
  public void close() {
    zlib.close();
  }

  private void readBatch() throws IOException {
    System.arraycopy(rows, current * rowBytes, rows, 0, rowBytes);
    rowsInBatch = Math.min(batchRows, rowsLeft);
    rowsLeft -= rowsInBatch;
    current = 0;
    int wanted = rowsInBatch * rowBytes;
    if (zlib.read(rows, rowBytes, wanted) != wanted) {
      throw new MalformedCarrierException("fewer rows than the header says");
    }
  }
}
