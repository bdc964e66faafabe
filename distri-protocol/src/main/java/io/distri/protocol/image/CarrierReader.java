package io.distri.protocol.image;

import java.io.IOException;

/** Reads the payload out of a carrier from anyone, as a stream. */
final class CarrierReader {

  private final PngRows rows;
  private final Density density;
  private final SampleCodec codec;
  private final int rowSamples;

  private long payloadLeft;
  private int rowAt;
  private int sample;

  /**
   * Reads the payload's header.
   *
   * @param rows at its first row; closed by the caller
   * @throws MalformedCarrierException where it is no carrier, here and in the other methods
   */
  CarrierReader(PngRows rows) throws IOException {
    this.rows = rows;
    PngChunks.Header header = rows.header();
    this.density = header.density();
    this.codec = density.codec();
    this.rowSamples = 3 * header.size().width();
    this.sample = rowSamples;
    long capacity = header.size().samples() / density.samplesPerByte() - CarrierHeader.BYTES;
    if (capacity < 0) {
      throw new MalformedCarrierException("no room for a header");
    }
    byte[] fields = new byte[CarrierHeader.BYTES];
    extract(fields, 0, fields.length);
    this.payloadLeft = CarrierHeader.decode(fields, density).payloadBytes();
    if (payloadLeft > capacity) {
      throw new MalformedCarrierException("a payload longer than the picture holds");
    }
  }

  /**
   * Reads the payload's next bytes, as many as are wanted or left.
   *
   * @return how many, or -1 after the last
   */
  int read(byte[] into, int offset, int length) throws IOException {
    if (payloadLeft == 0) {
      return -1;
    }
    int n = (int) Math.min(length, payloadLeft);
    extract(into, offset, n);
    payloadLeft -= n;
    return n;
  }

  /** Reads what follows the payload and checks that the picture ends as it must. */
  void finish() throws IOException {
    while (rows.hasNext()) {
      rows.next();
    }
    rows.finish();
  }

  private void extract(byte[] into, int offset, int length) throws IOException {
    int first = offset * density.samplesPerByte();
    int count = length * density.samplesPerByte();
    int done = 0;
    while (done < count) {
      if (sample == rowSamples) {
        rowAt = rows.next();
        sample = 0;
      }
      int n = Math.min(count - done, rowSamples - sample);
      int at = rowAt + sample * density.sampleBytes();
      codec.extract(rows.scanlines(), at, into, first + done, n);
      done += n;
      sample += n;
    }
  }
}
