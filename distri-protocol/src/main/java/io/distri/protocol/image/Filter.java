package io.distri.protocol.image;

/** The filters that a PNG writer may apply to a scanline, undone. */
final class Filter {

  private Filter() {}

  /**
   * Turns a filtered scanline into plain samples, in place.
   *
   * @param rows has the scanline before, plain, right in front of it
   * @param at where the scanline starts, with the byte that names its filter
   * @param rowBytes bytes of a scanline
   * @param pixelBytes bytes of a pixel
   */
  static void undo(byte[] rows, int at, int rowBytes, int pixelBytes)
      throws MalformedCarrierException {
    switch (rows[at]) {
      case 0 -> {}
      case 1 -> undoSub(rows, at, rowBytes, pixelBytes);
      case 2 -> undoUp(rows, at, rowBytes);
      case 3 -> undoAverage(rows, at, rowBytes, pixelBytes);
      case 4 -> undoPaeth(rows, at, rowBytes, pixelBytes);
      default -> throw new MalformedCarrierException("unknown filter");
    }
  }

  private static void undoSub(byte[] rows, int at, int rowBytes, int pixelBytes) {
    for (int i = at + 1 + pixelBytes; i < at + rowBytes; i++) {
      rows[i] += rows[i - pixelBytes];
    }
  }

  private static void undoUp(byte[] rows, int at, int rowBytes) {
    for (int i = at + 1; i < at + rowBytes; i++) {
      rows[i] += rows[i - rowBytes];
    }
  }

  private static void undoAverage(byte[] rows, int at, int rowBytes, int pixelBytes) {
    for (int i = at + 1; i < at + rowBytes; i++) {
      int left = i > at + pixelBytes ? rows[i - pixelBytes] & 0xFF : 0;
      rows[i] += (byte) ((left + (rows[i - rowBytes] & 0xFF)) / 2);
    }
  }

  private static void undoPaeth(byte[] rows, int at, int rowBytes, int pixelBytes) {
    for (int i = at + 1; i < at + rowBytes; i++) {
      boolean inside = i > at + pixelBytes;
      int left = inside ? rows[i - pixelBytes] & 0xFF : 0;
      int above = rows[i - rowBytes] & 0xFF;
      int corner = inside ? rows[i - rowBytes - pixelBytes] & 0xFF : 0;
      rows[i] += (byte) paeth(left, above, corner);
    }
  }

  /** Whichever of the three is nearest to left + above - corner. */
  private static int paeth(int left, int above, int corner) {
    int toLeft = Math.abs(above - corner);
    int toAbove = Math.abs(left - corner);
    int toCorner = Math.abs(left + above - 2 * corner);
    if (toLeft <= toAbove && toLeft <= toCorner) {
      return left;
    }
    return toAbove <= toCorner ? above : corner;
  }
}
