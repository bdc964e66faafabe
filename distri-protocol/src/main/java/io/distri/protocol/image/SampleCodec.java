package io.distri.protocol.image;

/**
 * How payload bytes lie in the samples of a scanline. Positions in the payload count in samples
 * from the start of its array, because in the sparser density a byte may begin in one row and end
 * in the next.
 */
sealed interface SampleCodec permits Hi16Samples, TwoBitSamples {

  /**
   * Writes {@code count} samples of a scanline: the cover's bytes with the payload in them.
   *
   * @param first the first sample's position in {@code payload}
   * @param cover one byte a sample, from {@code coverAt}
   */
  void embed(
      byte[] payload, int first, byte[] cover, int coverAt, byte[] row, int rowAt, int count);

  /**
   * Takes the payload out of {@code count} samples of a scanline.
   *
   * @param first the first sample's position in {@code payload}
   */
  void extract(byte[] row, int rowAt, byte[] payload, int first, int count);
}
