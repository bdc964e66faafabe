package io.distri.protocol.image.scenery;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Paints the pictures that come with Distri: the cover and the demo's sample. Run from the
 * project's root, on Java 22 or later, with {@code java
 * distri-protocol/src/test/java/io/distri/protocol/image/scenery/Scenery.java}; every picture is a
 * function of its seed.
 */
final class Scenery {

  private static final int GRAIN_SEED = 11;

  private Scenery() {}

  public static void main(String[] arguments) throws IOException {
    Path cover = Path.of("distri-protocol/src/main/resources/io/distri/protocol/image/cover.jpg");
    Path sample = Path.of("distri-cli/src/main/resources/io/distri/cli/sample.jpg");
    write(new DuskScene(11), 1280, 853, 0.9f, cover);
    write(new LakeScene(5), 1024, 683, 0.86f, sample);
  }

  private static void write(Scene scene, int width, int height, float quality, Path file)
      throws IOException {
    Random grain = new Random(GRAIN_SEED);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int py = 0; py < height; py++) {
      for (int px = 0; px < width; px++) {
        Colour sum = new Colour(0, 0, 0);
        // Four looks a pixel smooth the ridges' edges.
        for (int look = 0; look < 4; look++) {
          double x = (px + 0.25 + 0.5 * (look & 1)) / height;
          double y = (py + 0.25 + 0.5 * (look >> 1)) / height;
          sum = sum.plus(scene.at(x, y).times(0.25));
        }
        double film = grain.nextGaussian() * 0.006;
        picture.setRGB(px, py, sum.plus(new Colour(film, film, film)).rgb());
      }
    }
    Files.createDirectories(file.getParent());
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionQuality(quality);
    Files.deleteIfExists(file);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), param);
    } finally {
      writer.dispose();
    }
    System.out.println(file + ": " + Files.size(file) + " bytes");
  }
}
