package io.distri.protocol.image;

/**
 * A cover in another size, computed row by row: bilinear, in fixed point. It enlarges as far as
 * wanted; it should not make smaller than half, because it looks at four pixels only.
 */
final class ScaledCover implements CoverRows {

  /** Weights of neighbours are in 256ths: as fine as 8-bit samples can show. */
  private static final int ONE = 256;

  private static final int HALF = ONE * ONE / 2;

  private final CoverPicture source;
  private final Dimensions target;
  private final byte[] row;

  /** For each column, where its left neighbour starts in a source row. */
  private final int[] left;

  /** For each column, the weight of its right neighbour. */
  private final int[] rightWeight;

  ScaledCover(CoverPicture source, Dimensions target) {
    this.source = source;
    this.target = target;
    this.row = new byte[3 * target.width()];
    this.left = new int[target.width()];
    this.rightWeight = new int[target.width()];
    for (int x = 0; x < target.width(); x++) {
      long position = position(x, source.size().width(), target.width());
      left[x] = 3 * (int) (position / ONE);
      rightWeight[x] = (int) (position % ONE);
    }
  }

  @Override
  public byte[] pixels() {
    return row;
  }

  @Override
  public int seek(int y) {
    Dimensions from = source.size();
    long position = position(y, from.height(), target.height());
    int upper = 3 * from.width() * (int) (position / ONE);
    int lowerWeight = (int) (position % ONE);
    int lower = lowerWeight == 0 ? upper : upper + 3 * from.width();
    byte[] rgb = source.rgb();
    for (int x = 0; x < target.width(); x++) {
      int weight = rightWeight[x];
      int at = left[x];
      int right = weight == 0 ? at : at + 3;
      for (int channel = 0; channel < 3; channel++) {
        int above = blend(rgb[upper + at + channel], rgb[upper + right + channel], weight);
        int below = blend(rgb[lower + at + channel], rgb[lower + right + channel], weight);
        int value = above * (ONE - lowerWeight) + below * lowerWeight;
        row[3 * x + channel] = (byte) ((value + HALF) / (ONE * ONE));
      }
    }
    return 0;
  }

  private static int blend(byte a, byte b, int weight) {
    return (a & 0xFF) * (ONE - weight) + (b & 0xFF) * weight;
  }

  /** Where the middle of a target pixel lies among the source's, in 256ths, within the picture. */
  private static long position(int index, int from, int to) {
    long middle = (2L * index + 1) * from * ONE / (2L * to) - ONE / 2;
    return Math.min(Math.max(middle, 0), (from - 1L) * ONE);
  }
}
