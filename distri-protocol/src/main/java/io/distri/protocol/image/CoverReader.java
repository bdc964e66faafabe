package io.distri.protocol.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.IIOException;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes a cover, once. */
final class CoverReader {

  /** Larger covers are read with rows and columns left out, so that decoding stays affordable. */
  private static final long DECODED_PIXELS = 8_000_000;

  /** What is kept: enough for the eye, since a payload of 6 MB needs no more. */
  private static final long KEPT_PIXELS = 2_000_000;

  private CoverReader() {}

  /**
   * Reads a picture of any type that ImageIO knows.
   *
   * @param name what to call it in an error
   * @throws IOException where it can't be read as a picture, with a message for people
   */
  static CoverPicture read(InputStream file, String name) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(file);
        PictureFile picture = PictureFile.open(in).orElseThrow(() -> unreadable(name))) {
      CoverPicture cover = toRgb(decode(picture, name));
      while (cover.size().pixels() > KEPT_PIXELS) {
        cover = cover.halved();
      }
      return cover;
    } catch (IIOException | EOFException broken) {
      throw new IOException("the cover " + name + " is a damaged picture", broken);
    }
  }

  private static IOException unreadable(String name) {
    return new IOException(
        "the cover " + name + " is not a picture that Java reads: use PNG, JPEG, GIF or BMP");
  }

  private static BufferedImage decode(PictureFile picture, String name) throws IOException {
    if (!picture.isDecodable()) {
      throw new IOException("the cover " + name + " has too many pixels");
    }
    long pixels = (long) picture.width() * picture.height();
    int step = (int) Math.ceil(Math.sqrt((double) pixels / DECODED_PIXELS));
    return picture.decode(Math.max(step, 1));
  }

  private static CoverPicture toRgb(BufferedImage image) {
    Dimensions size = new Dimensions(image.getWidth(), image.getHeight());
    byte[] rgb = new byte[Math.toIntExact(size.samples())];
    int at = 0;
    for (int pixel : ((DataBufferInt) image.getRaster().getDataBuffer()).getData()) {
      rgb[at++] = (byte) (pixel >> 16);
      rgb[at++] = (byte) (pixel >> 8);
      rgb[at++] = (byte) pixel;
    }
    return new CoverPicture(size, rgb);
  }
}
