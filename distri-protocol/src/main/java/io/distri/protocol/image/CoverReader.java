package io.distri.protocol.image;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes a cover, once; the only place that needs ImageIO. */
final class CoverReader {

  /** Larger covers are read with rows and columns left out, so that decoding stays affordable. */
  private static final long DECODED_PIXELS = 8_000_000;

  /** What is kept: enough for the eye, since a payload of 6 MB needs no more. */
  private static final long KEPT_PIXELS = 2_000_000;

  /** A picture of more than this is a mistake rather than a cover. */
  private static final long MAX_PIXELS = 200_000_000;

  private CoverReader() {}

  /**
   * Reads a picture of any type that ImageIO knows.
   *
   * @param name what to call it in an error
   * @throws IOException where it can't be read as a picture, with a message for people
   */
  static CoverPicture read(InputStream file, String name) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(file)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException(
            "the cover " + name + " is not a picture that Java reads: use PNG, JPEG, GIF or BMP");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        CoverPicture picture = toRgb(decode(reader, name));
        while (picture.size().pixels() > KEPT_PIXELS) {
          picture = picture.halved();
        }
        return picture;
      } catch (IIOException | EOFException | RuntimeException broken) {
        // Some of ImageIO's readers answer a damaged file with an unchecked exception.
        throw new IOException("the cover " + name + " is a damaged picture", broken);
      } finally {
        reader.dispose();
      }
    }
  }

  private static BufferedImage decode(ImageReader reader, String name) throws IOException {
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > MAX_PIXELS) {
      throw new IOException(
          "the cover " + name + " has over " + MAX_PIXELS / 1_000_000 + " million pixels");
    }
    int step = (int) Math.ceil(Math.sqrt((double) pixels / DECODED_PIXELS));
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceSubsampling(Math.max(step, 1), Math.max(step, 1), 0, 0);
    return reader.read(0, param);
  }

  private static CoverPicture toRgb(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[3 * width * height];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int argb : row) {
        int alpha = argb >>> 24;
        for (int shift = 16; shift >= 0; shift -= 8) {
          // What is transparent shows white, as on a page.
          rgb[at++] = (byte) (((argb >> shift & 0xFF) * alpha + 255 * (255 - alpha)) / 255);
        }
      }
    }
    return new CoverPicture(new Dimensions(width, height), rgb);
  }
}
