package io.distri.protocol.image;

/**
 * A picture in memory, 8-bit RGB. Immutable: nobody writes to the pixels.
 *
 * @param size width and height
 * @param rgb three bytes a pixel, row by row from the top
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares pictures
record CoverPicture(Dimensions size, byte[] rgb) {

  /** The rows as they are. */
  CoverRows rows() {
    return new Rows(this);
  }

  /** The picture in this size. */
  CoverPicture scaledTo(Dimensions target) {
    int stride = 3 * target.width();
    byte[] scaled = new byte[Math.multiplyExact(stride, target.height())];
    ScaledCover rows = new ScaledCover(this, target);
    for (int y = 0; y < target.height(); y++) {
      rows.seek(y);
      System.arraycopy(rows.pixels(), 0, scaled, y * stride, stride);
    }
    return new CoverPicture(target, scaled);
  }

  /** The picture in half its width and height, each pixel the mean of four. */
  CoverPicture halved() {
    int width = Math.max(size.width() / 2, 1);
    int height = Math.max(size.height() / 2, 1);
    byte[] half = new byte[3 * width * height];
    // In a picture of one row or column, that one is both.
    int right = size.width() > 1 ? 3 : 0;
    int below = size.height() > 1 ? 3 * size.width() : 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < 3; channel++) {
          int at = 3 * (2 * y * size.width() + 2 * x) + channel;
          int sum = at(at) + at(at + right) + at(at + below) + at(at + right + below);
          half[3 * (y * width + x) + channel] = (byte) ((sum + 2) / 4);
        }
      }
    }
    return new CoverPicture(new Dimensions(width, height), half);
  }

  private int at(int index) {
    return rgb[index] & 0xFF;
  }

  /** A picture's own rows. */
  record Rows(CoverPicture picture) implements CoverRows {

    @Override
    public byte[] pixels() {
      return picture.rgb;
    }

    @Override
    public int seek(int row) {
      return 3 * picture.size.width() * row;
    }
  }
}
