package io.distri.protocol.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * The rows of a decoded picture in sRGB, on white. Java takes grey for linear light, and shows 128
 * as 188; in picture files it is a shade of sRGB, as in all of their other colours, unless a colour
 * profile says otherwise.
 */
final class PixelRows {
  private static final int OPAQUE = 255;

  private final BufferedImage image;
  private final boolean grey;

  PixelRows(BufferedImage image) {
    this.image = image;
    ColorModel colors = image.getColorModel();
    int type = image.getRaster().getTransferType();
    this.grey =
        colors.getColorSpace().equals(ColorSpace.getInstance(ColorSpace.CS_GRAY))
            && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT);
  }

  /** Reads a row, one RGB value a pixel. */
  void read(int y, int[] rgb) {
    if (grey) {
      readGrey(y, rgb);
    } else {
      image.getRGB(0, y, rgb.length, 1, rgb, 0, rgb.length);
      for (int x = 0; x < rgb.length; x++) {
        int alpha = rgb[x] >>> 24;
        rgb[x] =
            onWhite(rgb[x] >> 16 & 0xFF, alpha) << 16
                | onWhite(rgb[x] >> 8 & 0xFF, alpha) << 8
                | onWhite(rgb[x] & 0xFF, alpha);
      }
    }
  }

  private void readGrey(int y, int[] rgb) {
    ColorModel colors = image.getColorModel();
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int[] samples = raster.getPixels(0, y, rgb.length, 1, new int[bands * rgb.length]);
    int most = (1 << colors.getComponentSize(0)) - 1;
    for (int x = 0; x < rgb.length; x++) {
      int alpha = colors.hasAlpha() ? eightBits(samples[bands * x + 1], most) : OPAQUE;
      rgb[x] = onWhite(eightBits(samples[bands * x], most), alpha) * 0x010101;
    }
  }

  private static int eightBits(int sample, int most) {
    return (sample * OPAQUE + most / 2) / most;
  }

  /** What is transparent shows white, as on a page. */
  private static int onWhite(int value, int alpha) {
    return (value * alpha + OPAQUE * (OPAQUE - alpha)) / OPAQUE;
  }
}
