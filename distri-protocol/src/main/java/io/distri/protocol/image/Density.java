package io.distri.protocol.image;

/** How many payload bits a sample of the carrier holds, and in which kind of PNG. */
public enum Density {
  /**
   * 16-bit samples: the high byte is the cover's, the low byte the payload's. Twice the payload in
   * size, and made by interleaving bytes.
   */
  HI16(1, 16, 1),

  /**
   * 8-bit samples whose two low bits are the payload's. Four times the payload in size and slower,
   * but it survives a program that saves the picture again without loss in 8 bits.
   */
  TWO_BITS(2, 8, 4);

  private final int code;
  private final int bitDepth;
  private final int samplesPerByte;

  Density(int code, int bitDepth, int samplesPerByte) {
    this.code = code;
    this.bitDepth = bitDepth;
    this.samplesPerByte = samplesPerByte;
  }

  /** The value of the header's density byte. */
  int code() {
    return code;
  }

  /** Bits of a PNG sample; this is how a reader tells the densities apart. */
  int bitDepth() {
    return bitDepth;
  }

  /** Samples that hold one byte of payload. */
  int samplesPerByte() {
    return samplesPerByte;
  }

  /** Bytes of a PNG sample. */
  int sampleBytes() {
    return bitDepth / 8;
  }

  /** How payload and cover share a sample. */
  SampleCodec codec() {
    return switch (this) {
      case HI16 -> new Hi16Samples();
      case TWO_BITS -> new TwoBitSamples();
    };
  }

  /** The density of a PNG with this bit depth, 8 or 16. */
  static Density ofBitDepth(int bitDepth) {
    return bitDepth == HI16.bitDepth ? HI16 : TWO_BITS;
  }
}
