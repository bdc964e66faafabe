package io.distri.protocol.image.scenery;

/** Light in three colours, 0 to 1. */
record Colour(double red, double green, double blue) {

  Colour plus(Colour other) {
    return new Colour(red + other.red, green + other.green, blue + other.blue);
  }

  Colour times(double factor) {
    return new Colour(red * factor, green * factor, blue * factor);
  }

  Colour mix(Colour other, double share) {
    return times(1 - share).plus(other.times(share));
  }

  Colour vignette(double x, double y) {
    double away = Math.hypot(x - 0.5, (y - 0.5) * 0.8);
    return times(1 - 0.42 * Math.pow(away, 2.4));
  }

  int rgb() {
    return byteOf(red) << 16 | byteOf(green) << 8 | byteOf(blue);
  }

  private static int byteOf(double light) {
    return (int) Math.round(255 * Math.min(Math.max(light, 0), 1));
  }
}
