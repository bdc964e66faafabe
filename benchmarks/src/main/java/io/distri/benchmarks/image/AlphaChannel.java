package io.distri.benchmarks.image;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * The original's way of hiding an image, unsealed: read a cover with ImageIO, put the image as
 * base64 into its alpha channel, a character a pixel, and write it as PNG. A cover with too few
 * pixels is enlarged.
 */
final class AlphaChannel {

  private AlphaChannel() {}

  static void hide(byte[] image, byte[] coverFile, OutputStream png) throws IOException {
    BufferedImage cover = ImageIO.read(new ByteArrayInputStream(coverFile));
    byte[] text = Base64.getEncoder().encode(image);
    double pixels = (double) cover.getWidth() * cover.getHeight();
    double scale = Math.max(Math.sqrt(text.length / pixels), 1);
    int width = (int) Math.ceil(cover.getWidth() * scale);
    int height = (int) Math.ceil(cover.getHeight() * scale);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = picture.createGraphics();
    pen.drawImage(cover, 0, 0, width, height, null);
    pen.dispose();
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      picture.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        int alpha = at < text.length ? text[at] : 0xFF;
        row[x] = (row[x] & 0xFFFFFF) | alpha << 24;
      }
      picture.setRGB(0, y, width, 1, row, 0, width);
    }
    ImageIO.write(picture, "png", png);
  }
}
