package io.distri.protocol.image;

/** Puts two payload bits in the low bits of an 8-bit sample, a byte's highest bits first. */
final class TwoBitSamples implements SampleCodec {

  private static final int PAYLOAD_BITS = 0b11;

  @Override
  public void embed(
      byte[] payload, int first, byte[] cover, int coverAt, byte[] row, int rowAt, int count) {
    for (int i = 0; i < count; i++) {
      int sample = first + i;
      int bits = payload[sample >> 2] >> shift(sample) & PAYLOAD_BITS;
      row[rowAt + i] = (byte) ((cover[coverAt + i] & ~PAYLOAD_BITS) | bits);
    }
  }

  @Override
  public void extract(byte[] row, int rowAt, byte[] payload, int first, int count) {
    for (int i = 0; i < count; i++) {
      int sample = first + i;
      int bits = (row[rowAt + i] & PAYLOAD_BITS) << shift(sample);
      int before = (sample & 3) == 0 ? 0 : payload[sample >> 2];
      payload[sample >> 2] = (byte) (before | bits);
    }
  }

  private static int shift(int sample) {
    return 6 - 2 * (sample & 3);
  }
}
