package io.distri.protocol.image;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a payload of known length into the samples of a picture, as a stream: it holds a band of
 * scanlines, at most 64 KiB or one row.
 */
final class CarrierWriter {

  private static final int FILL_BYTES = 4096;

  private final PngWriter png;
  private final SampleCodec codec;
  private final Density density;
  private final CoverRows cover;
  private final Dimensions size;
  private final int rowSamples;
  private final int rowBytes;
  private final byte[] band;

  private long payloadMissing;
  private int row;
  private int rowAt;
  private int sample;
  private int coverAt;

  /**
   * Writes the header of the picture and of the payload.
   *
   * @param payloadBytes how many bytes {@link #write} will get
   * @throws IllegalArgumentException where no picture holds that many
   */
  CarrierWriter(OutputStream out, long payloadBytes, Density density, Covers covers)
      throws IOException {
    this.density = density;
    this.codec = density.codec();
    this.size = size(payloadBytes, density, covers);
    this.cover = covers.rows(size);
    this.rowSamples = 3 * size.width();
    this.rowBytes = Math.toIntExact(PngWriter.scanlineBytes(size, density));
    this.band = new byte[bandRows(size, density) * rowBytes];
    this.png = new PngWriter(out, size, density);
    this.coverAt = cover.seek(0);
    this.payloadMissing = payloadBytes;
    embed(new CarrierHeader(density, payloadBytes).encode(), 0, CarrierHeader.BYTES);
  }

  /**
   * How many bytes the picture has that carries so many.
   *
   * @throws IllegalArgumentException where no picture holds that many
   */
  static long pictureBytes(long payloadBytes, Density density, Covers covers) {
    Dimensions size = size(payloadBytes, density, covers);
    return PngWriter.length(size, density, bandRows(size, density));
  }

  private static Dimensions size(long payloadBytes, Density density, Covers covers) {
    long samples =
        Math.multiplyExact(
            Math.addExact(payloadBytes, CarrierHeader.BYTES), (long) density.samplesPerByte());
    return Dimensions.holding(samples, covers.aspect());
  }

  private static int bandRows(Dimensions size, Density density) {
    long rows = Math.max(PngWriter.MAX_BLOCK / PngWriter.scanlineBytes(size, density), 1);
    return (int) Math.min(rows, size.height());
  }

  /** Writes the next bytes of the payload. */
  void write(byte[] payload, int offset, int length) throws IOException {
    if (length > payloadMissing) {
      throw new IOException("the image is longer than announced");
    }
    payloadMissing -= length;
    embed(payload, offset, length);
  }

  /** Fills the rest of the picture with random bytes and ends it. */
  void finish() throws IOException {
    if (payloadMissing != 0) {
      throw new IOException("the image is shorter than announced");
    }
    RandomFill fill = new RandomFill();
    byte[] random = new byte[FILL_BYTES];
    int most = FILL_BYTES * density.samplesPerByte();
    while (row < size.height()) {
      fill.next(random);
      embedSamples(random, 0, (int) Math.min(samplesLeft(), most));
    }
    png.finish();
  }

  private long samplesLeft() {
    return (size.height() - (long) row) * rowSamples - sample;
  }

  private void embed(byte[] payload, int offset, int length) throws IOException {
    int perByte = density.samplesPerByte();
    embedSamples(payload, offset * perByte, length * perByte);
  }

  private void embedSamples(byte[] payload, int first, int count) throws IOException {
    int done = 0;
    while (done < count) {
      int n = Math.min(count - done, rowSamples - sample);
      int at = rowAt + 1 + sample * density.sampleBytes();
      codec.embed(payload, first + done, cover.pixels(), coverAt + sample, band, at, n);
      done += n;
      sample += n;
      if (sample == rowSamples) {
        endRow();
      }
    }
  }

  private void endRow() throws IOException {
    row++;
    rowAt += rowBytes;
    sample = 0;
    if (rowAt == band.length || row == size.height()) {
      png.write(band, 0, rowAt);
      rowAt = 0;
    }
    if (row < size.height()) {
      coverAt = cover.seek(row);
    }
  }
}
