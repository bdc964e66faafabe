package io.distri.protocol.image.scenery;

/** Smooth noise between 0 and 1. */
record Noise(long seed) {

  double at(long x, long y, long layer) {
    long h = seed * 0x9E3779B97F4A7C15L + x * 0xC2B2AE3D27D4EB4FL + y * 0x165667B19E3779F9L + layer;
    h = (h ^ h >>> 29) * 0xBF58476D1CE4E5B9L;
    h = (h ^ h >>> 32) * 0x94D049BB133111EBL;
    return (double) ((h ^ h >>> 31) >>> 11) / (1L << 53);
  }

  double smoothAt(double x, double y) {
    long ix = (long) Math.floor(x);
    long iy = (long) Math.floor(y);
    double tx = smooth(x - ix);
    double ty = smooth(y - iy);
    double upper = at(ix, iy, 0) * (1 - tx) + at(ix + 1, iy, 0) * tx;
    double lower = at(ix, iy + 1, 0) * (1 - tx) + at(ix + 1, iy + 1, 0) * tx;
    return upper * (1 - ty) + lower * ty;
  }

  /** Noise with sharp crests, as weather leaves them. */
  double ridged(double x, double y, int octaves) {
    double sum = 0;
    double weight = 0.5;
    double u = x;
    double v = y;
    for (int octave = 0; octave < octaves; octave++) {
      sum += weight * (1 - Math.abs(2 * smoothAt(u, v) - 1));
      weight *= 0.5;
      double turned = 1.6 * u + 1.2 * v + 5.3;
      v = 1.6 * v - 1.2 * u + 1.7;
      u = turned;
    }
    return sum;
  }

  double fbm(double x, double y, int octaves) {
    double sum = 0;
    double weight = 0.5;
    double total = 0;
    double u = x;
    double v = y;
    for (int octave = 0; octave < octaves; octave++) {
      sum += weight * smoothAt(u, v);
      total += weight;
      weight *= 0.5;
      // Turned at each octave, so that the grid doesn't show.
      double turned = 1.6 * u + 1.2 * v + 5.3;
      v = 1.6 * v - 1.2 * u + 1.7;
      u = turned;
    }
    return sum / total;
  }

  /** A step from 0 to 1 with soft ends. */
  static double smooth(double t) {
    double clamped = Math.min(Math.max(t, 0), 1);
    return clamped * clamped * (3 - 2 * clamped);
  }
}
