package io.distri.peer.catalog;

import io.distri.protocol.image.PictureFile;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * What the catalog shows of an image. Pictures are decoded thinned out, so that one that claims
 * enormous dimensions takes no more memory than another.
 *
 * @param width pixels, 0 where this Java can't tell
 * @param height pixels, 0 where this Java can't tell
 * @param thumbnail a PNG in base64; empty where there is none
 */
public record Preview(int width, int height, String thumbnail) {

  /** Pixels along the longer side. */
  private static final int SIDE = 64;

  /** Decoded pixels along the longer side, from which the thumbnail is scaled. */
  private static final int DECODED = 256;

  /** Without one. */
  private static final Preview NONE = new Preview(0, 0, "");

  /** Of an image of the person's own, as people see it. */
  public static Preview of(Path file) {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Optional<PictureFile> found = in == null ? Optional.empty() : PictureFile.open(in);
      if (found.isEmpty()) {
        return NONE;
      }
      try (PictureFile picture = found.get()) {
        String thumbnail = picture.isDecodable() ? thumbnail(picture) : "";
        return new Preview(picture.width(), picture.height(), thumbnail);
      }
    } catch (IOException undecodable) {
      return NONE;
    }
  }

  private static String thumbnail(PictureFile picture) throws IOException {
    int step = Math.max(1, Math.max(picture.width(), picture.height()) / DECODED);
    BufferedImage image = picture.decode(step);
    while (Math.max(image.getWidth(), image.getHeight()) > 2 * SIDE) {
      // Halved again and again, so that every pixel counts: at once, most would be left out.
      image = scaled(image, 0.5);
    }
    double scale = Math.min(1.0, (double) SIDE / Math.max(image.getWidth(), image.getHeight()));
    BufferedImage small = scaled(image, scale);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(small, "png", png);
    return Base64.getEncoder().encodeToString(png.toByteArray());
  }

  private static BufferedImage scaled(BufferedImage image, double scale) {
    int width = (int) Math.max(1, image.getWidth() * scale);
    int height = (int) Math.max(1, image.getHeight() * scale);
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }

  /** Whether this, from anyone, is a PNG that is no larger than thumbnails are. */
  static boolean isThumbnail(byte[] png) {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(png))) {
      ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
      try {
        reader.setInput(in, true, true);
        return reader.getWidth(0) <= SIDE && reader.getHeight(0) <= SIDE;
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException notOne) {
      return false;
    }
  }
}
