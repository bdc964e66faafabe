package io.distri.peer;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import javax.imageio.ImageIO;

/** Images made for tests. */
public final class Pictures {
  private Pictures() {}

  /** A JPEG of a sunset over hills; each seed has its own colours. */
  public static byte[] landscape(long seed) {
    Random random = new Random(seed * 7919 * 7919);
    BufferedImage image = new BufferedImage(640, 420, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    float hue = random.nextFloat();
    graphics.setPaint(
        new GradientPaint(
            0,
            0,
            Color.getHSBColor(hue, 0.55f, 0.75f),
            0,
            420,
            Color.getHSBColor(hue + 0.12f, 0.4f, 1f)));
    graphics.fillRect(0, 0, 640, 420);
    graphics.setColor(Color.getHSBColor(hue + 0.1f, 0.2f, 1f));
    graphics.fillOval(380 + random.nextInt(120), 90, 90, 90);
    for (int hill = 0; hill < 4; hill++) {
      graphics.setColor(Color.getHSBColor(hue + 0.45f, 0.5f, 0.7f - 0.15f * hill));
      graphics.fillOval(random.nextInt(500) - 300, 230 + 45 * hill, 700, 400);
    }
    graphics.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpg", jpeg);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return jpeg.toByteArray();
  }

  /** A JPEG of so many bytes: a picture, and noise behind its end. */
  public static byte[] ofSize(int bytes) {
    byte[] picture = landscape(7);
    byte[] image = Arrays.copyOf(picture, Math.max(bytes, picture.length));
    byte[] noise = new byte[image.length - picture.length];
    new Random(11).nextBytes(noise);
    System.arraycopy(noise, 0, image, picture.length, noise.length);
    return image;
  }

  /** A landscape with a comment in its metadata. */
  public static byte[] withComment(String comment) {
    return withSegment(0xFFFE, comment.getBytes(StandardCharsets.US_ASCII));
  }

  /** A landscape that says how it is to be turned, as a phone's camera writes it. */
  public static byte[] turned(int orientation) {
    byte[] exif = new byte[32];
    ByteBuffer.wrap(exif)
        .put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII))
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation);
    return withSegment(0xFFE1, exif);
  }

  private static byte[] withSegment(int marker, byte[] data) {
    byte[] picture = landscape(7);
    return ByteBuffer.allocate(picture.length + data.length + 4)
        .put(picture, 0, 2)
        .putShort((short) marker)
        .putShort((short) (data.length + 2))
        .put(data)
        .put(picture, 2, picture.length - 2)
        .array();
  }

  /** A few bytes that claim to be a grey TIFF of that width and height in one deflated strip. */
  public static byte[] tiff(int side) {
    int[] entries = {
      256, side, 257, side, 258, 8, 259, 8, 262, 1, 273, 130, 277, 1, 278, side, 279, 20
    };
    ByteBuffer tiff = ByteBuffer.allocate(150).put("MM\0*".getBytes(StandardCharsets.US_ASCII));
    tiff.putInt(8).putShort((short) (entries.length / 2));
    for (int i = 0; i < entries.length; i += 2) {
      tiff.putShort((short) entries[i]).putShort((short) 3).putInt(1);
      tiff.putShort((short) entries[i + 1]).putShort((short) 0);
    }
    return tiff.array();
  }

  /** A black PNG in base64. */
  public static String png(int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Base64.getEncoder().encodeToString(png.toByteArray());
  }
}
