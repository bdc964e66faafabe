package io.distri.protocol.image;

/**
 * The size of a carrier, in pixels.
 *
 * @param width 1 to {@link #MAX_SIDE}
 * @param height 1 to {@link #MAX_SIDE}
 */
record Dimensions(int width, int height) {

  /** Largest width and height that the format allows: a reader's memory is a few rows. */
  static final int MAX_SIDE = 65_535;

  /**
   * Sizes an octave. A step is 2.2 % of area: the price in bytes stays under it, and a picture's
   * size tells its payload's only that closely.
   */
  private static final int STEPS_PER_OCTAVE = 32;

  /** The smallest carrier, 96 × 64: below it a cover can't be recognised. */
  private static final long MIN_PIXELS = 96 * 64;

  private static final int SAMPLES_PER_PIXEL = 3;

  /**
   * The quantised size that holds this many samples.
   *
   * @param aspect width over height that the picture should have
   * @throws IllegalArgumentException where no size within the format does
   */
  static Dimensions holding(long samples, double aspect) {
    long needed = Math.max(ceilDiv(samples, SAMPLES_PER_PIXEL), MIN_PIXELS);
    if (needed > (long) MAX_SIDE * MAX_SIDE) {
      throw new IllegalArgumentException("the image is too large to be carried by a picture");
    }
    long pixels = Math.max(stepAbove(needed), needed);
    int height = clamp(Math.round(Math.sqrt(pixels / aspect)));
    int width = clamp(ceilDiv(pixels, height));
    // Rounded up twice, the waste is less than the shorter side.
    height = clamp(ceilDiv(pixels, width));
    if ((long) width * height < needed) {
      throw new IllegalArgumentException("the image is too large to be carried by a picture");
    }
    return new Dimensions(width, height);
  }

  long pixels() {
    return (long) width * height;
  }

  /** Samples that a picture of this size has. */
  long samples() {
    return pixels() * SAMPLES_PER_PIXEL;
  }

  private static long stepAbove(long pixels) {
    double octave = Math.log((double) pixels) / Math.log(2);
    double step = Math.ceil(octave * STEPS_PER_OCTAVE) / STEPS_PER_OCTAVE;
    return (long) Math.ceil(Math.pow(2, step));
  }

  private static long ceilDiv(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static int clamp(long side) {
    return (int) Math.min(Math.max(side, 1), MAX_SIDE);
  }
}
