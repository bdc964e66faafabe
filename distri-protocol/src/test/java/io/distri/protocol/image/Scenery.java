package io.distri.protocol.image;

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
 * Paints the pictures that come with Distri: the cover (mountains at dusk) and the demo's sample (a
 * coast by day). Run from the project's root with {@code java
 * distri-protocol/src/test/java/io/distri/protocol/image/Scenery.java}; both are functions of their
 * seed.
 */
final class Scenery {

  private static final int WIDTH = 1280;
  private static final int HEIGHT = 853;

  private final Noise noise;
  private final Random grain;

  private Scenery(long seed) {
    this.noise = new Noise(seed);
    this.grain = new Random(seed);
  }

  public static void main(String[] arguments) throws IOException {
    Path cover = Path.of("distri-protocol/src/main/resources/io/distri/protocol/image/cover.jpg");
    Path sample = Path.of("distri-cli/src/main/resources/io/distri/cli/sample.jpg");
    new Scenery(11).write(Scenery::dusk, WIDTH, HEIGHT, 0.9f, cover);
    new Scenery(5).write(Scenery::coast, 960, 640, 0.62f, sample);
  }

  private interface Painter {
    /** The colour at a point; x from 0 to 1.5, y from 0 (top) to 1. */
    Colour at(Scenery scenery, double x, double y);
  }

  private void write(Painter painter, int width, int height, float quality, Path file)
      throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int py = 0; py < height; py++) {
      for (int px = 0; px < width; px++) {
        Colour sum = new Colour(0, 0, 0);
        // Four looks a pixel smooth the ridges' edges.
        for (int look = 0; look < 4; look++) {
          double x = (px + 0.25 + 0.5 * (look & 1)) / height;
          double y = (py + 0.25 + 0.5 * (look >> 1)) / height;
          sum = sum.plus(painter.at(this, x, y).times(0.25));
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

  // ---- Mountains at dusk

  private Colour dusk(double x, double y) {
    Colour colour = duskSky(x, y);
    int ridges = 6;
    for (int ridge = 0; ridge < ridges; ridge++) {
      double near = ridge / (ridges - 1.0);
      double base = 0.50 + 0.40 * Math.pow(near, 1.25);
      double tall = 0.20 - 0.06 * near;
      double top = base - tall * ridgeLine(ridge, x * (1.5 + 1.1 * near));
      if (ridge == ridges - 1) {
        top -= pines(x);
      }
      if (y < top) {
        continue;
      }
      Colour far = new Colour(0.66, 0.40, 0.50);
      Colour dark = new Colour(0.045, 0.040, 0.085);
      Colour rock = far.mix(dark, Math.pow(near, 0.62));
      // Light grazes the slopes, mist gathers at their feet.
      double relief = noise.fbm(x * 9 + 40 * ridge, y * 14, 5) - 0.5;
      rock = rock.times(1 + 0.28 * relief * (1 - 0.5 * near));
      double depth = (y - top) / 0.17;
      double mist =
          smooth(depth) * 0.62 * (1 - near) * (0.75 + 0.5 * noise.fbm(x * 3, y * 9 + ridge, 4));
      Colour haze = new Colour(0.90, 0.56, 0.47).mix(new Colour(0.42, 0.32, 0.50), near);
      colour = rock.mix(haze, Math.min(mist, 0.8));
    }
    return colour.vignette(x / 1.5, y);
  }

  private Colour duskSky(double x, double y) {
    Colour zenith = new Colour(0.075, 0.085, 0.235);
    Colour violet = new Colour(0.36, 0.22, 0.44);
    Colour rose = new Colour(0.86, 0.42, 0.42);
    Colour gold = new Colour(1.0, 0.74, 0.42);
    Colour sky =
        y < 0.26
            ? zenith.mix(violet, smooth(y / 0.26))
            : y < 0.44
                ? violet.mix(rose, smooth((y - 0.26) / 0.18))
                : rose.mix(gold, smooth((y - 0.44) / 0.16));
    double sunX = 0.98;
    double sunY = 0.455;
    double distance = Math.hypot(x - sunX, (y - sunY) * 1.08);
    sky = sky.plus(new Colour(1.0, 0.62, 0.30).times(0.55 * Math.exp(-distance * 6.5)));
    sky = sky.mix(new Colour(1.0, 0.93, 0.74), smooth((0.046 - distance) / 0.004));
    double cloud = noise.fbm(x * 1.6 + 7, y * 9 + 3, 6);
    double band =
        smooth((cloud - 0.52) / 0.20) * smooth((y - 0.05) / 0.12) * smooth((0.47 - y) / 0.12);
    Colour lit =
        new Colour(1.0, 0.60, 0.46).mix(new Colour(0.42, 0.27, 0.46), smooth((0.40 - y) / 0.25));
    sky = sky.mix(lit, 0.62 * band);
    return sky.plus(stars(x, y));
  }

  private Colour stars(double x, double y) {
    double cell = 46;
    int cx = (int) Math.floor(x * cell);
    int cy = (int) Math.floor(y * cell);
    if (noise.at(cx, cy, 91) < 0.80) {
      return new Colour(0, 0, 0);
    }
    double sx = (cx + 0.2 + 0.6 * noise.at(cx, cy, 92)) / cell;
    double sy = (cy + 0.2 + 0.6 * noise.at(cx, cy, 93)) / cell;
    double light = Math.exp(-Math.pow(Math.hypot(x - sx, y - sy) / 0.0011, 2));
    double shine = light * (0.35 + 0.65 * noise.at(cx, cy, 94)) * smooth((0.27 - y) / 0.25);
    return new Colour(0.95, 0.93, 1.0).times(shine);
  }

  private double ridgeLine(int ridge, double x) {
    double sum = 0;
    double weight = 0.55;
    double scale = 1.0;
    for (int octave = 0; octave < 8; octave++) {
      double n =
          1 - Math.abs(2 * noise.smoothAt(x * scale + 17.3 * ridge, ridge * 5.1 + octave) - 1);
      sum += weight * n;
      weight *= 0.48;
      scale *= 2.07;
    }
    return sum;
  }

  /** How far the trees stand above the nearest ridge. */
  private double pines(double x) {
    double tallest = 0;
    double spacing = 0.0125;
    int around = (int) Math.floor(x / spacing);
    for (int tree = around - 2; tree <= around + 2; tree++) {
      double middle = (tree + 0.2 + 0.6 * noise.at(tree, 7, 51)) * spacing;
      double stand = smooth((noise.smoothAt(tree * 0.09, 3.7) - 0.35) / 0.3);
      double height = (0.018 + 0.062 * noise.at(tree, 8, 52)) * stand;
      double reach = 0.17 * height + 0.0016;
      double away = Math.abs(x - middle) / reach;
      if (away < 1) {
        double branches = 0.86 + 0.14 * Math.cos(away * 26 + tree);
        tallest = Math.max(tallest, height * (1 - Math.pow(away, 0.72)) * branches);
      }
    }
    return tallest;
  }

  // ---- A coast by day

  private Colour coast(double x, double y) {
    double horizon = 0.52;
    Colour colour = y < horizon ? daySky(x, y, horizon) : sea(x, y, horizon);
    for (int cape = 0; cape < 3; cape++) {
      double edge = 0.92 - 0.30 * cape;
      double along = x - edge;
      double rise = smooth(along / (0.5 - 0.08 * cape)) * (0.10 + 0.085 * cape);
      double top = horizon - rise * (0.45 + 1.0 * noise.fbm(x * 4.2 + 31 * cape, 2.2, 6));
      double foot = horizon + 0.012 + 0.03 * cape + 0.006 * noise.fbm(x * 30, cape, 3);
      if (along > 0 && y > top && y < foot && rise > 0.004) {
        colour = cliff(x, y, top, foot, cape);
      }
    }
    return beach(colour, x, y).vignette(x / 1.5, y);
  }

  private Colour daySky(double x, double y, double horizon) {
    Colour sky =
        new Colour(0.20, 0.43, 0.76).mix(new Colour(0.77, 0.87, 0.94), Math.pow(y / horizon, 1.2));
    double perspective = 0.16 / (horizon + 0.10 - y);
    double u = (x - 0.75) * perspective * 3.2 + 4;
    double v = perspective * 5.5;
    double warp = noise.fbm(u * 0.9 + 5, v * 0.9, 4);
    double cloud = noise.fbm(u + 1.2 * warp, v + 0.8 * warp, 7);
    double cover = smooth((cloud - 0.50) / 0.17);
    double under = noise.fbm(u + 1.2 * warp + 0.10, v + 0.8 * warp + 0.14, 7);
    double shade = smooth((under - cloud + 0.08) / 0.16);
    Colour white =
        new Colour(1.0, 0.985, 0.96).mix(new Colour(0.66, 0.71, 0.79), 0.75 * (1 - shade));
    return sky.mix(white, cover * (1 - 0.55 * Math.pow(y / horizon, 5)));
  }

  private Colour sea(double x, double y, double horizon) {
    double down = (y - horizon) / (1 - horizon);
    double far = 0.05 / (down + 0.018);
    double u = (x - 0.75) * far * 26;
    double v = far * 62;
    double wave = noise.fbm(u, v, 6);
    double slope = wave - noise.fbm(u + 0.22, v + 0.5, 6);
    Colour deep =
        new Colour(0.055, 0.25, 0.40).mix(new Colour(0.13, 0.47, 0.52), smooth(down * 1.15));
    Colour water = deep.mix(new Colour(0.55, 0.72, 0.82), 0.62 * Math.exp(-down * 9));
    water = water.plus(new Colour(0.50, 0.56, 0.58).times(slope * 0.95 * (0.45 + down)));
    double glint = smooth((wave - 0.66) / 0.10) * Math.exp(-Math.pow((x - 0.42) / 0.22, 2));
    return water.mix(new Colour(1.0, 0.98, 0.92), 0.75 * glint * (1 - 0.6 * down));
  }

  private Colour cliff(double x, double y, double top, double foot, int cape) {
    double up = (foot - y) / (foot - top);
    double relief = noise.fbm(x * 38 + 9 * cape, y * 52, 6);
    double strata = noise.fbm(x * 6, y * 130 + 20 * noise.fbm(x * 5, y * 5, 3), 4);
    Colour rock = new Colour(0.48, 0.41, 0.34).times(0.62 + 0.55 * relief + 0.22 * strata);
    Colour grass = new Colour(0.25, 0.37, 0.15).times(0.60 + 0.85 * relief);
    double green = smooth((up - 0.42 + 0.55 * (noise.fbm(x * 14, y * 14, 4) - 0.5)) / 0.22);
    Colour land = rock.mix(grass, green);
    return land.mix(new Colour(0.67, 0.78, 0.87), 0.52 - 0.24 * cape);
  }

  private Colour beach(Colour behind, double x, double y) {
    double line =
        0.93 - 0.15 * x + 0.035 * Math.sin(x * 4.2 + 0.6) + 0.018 * noise.fbm(x * 7, 1.1, 5);
    double inland = y - line;
    Colour colour = behind;
    for (int surf = 0; surf < 3; surf++) {
      double at = inland + 0.018 + 0.046 * surf + 0.014 * noise.fbm(x * 9 + 20 * surf, 4.4, 5);
      double lace = noise.fbm(x * 55 + 8 * surf, y * 85, 5);
      double foam =
          Math.exp(-Math.pow(at / (0.0075 + 0.002 * surf), 2)) * smooth((lace - 0.30) / 0.3);
      colour = colour.mix(new Colour(0.96, 0.98, 0.98), Math.min(1, foam * (1.15 - 0.28 * surf)));
    }
    if (inland > 0) {
      double ripple = noise.fbm(x * 26, y * 110, 5);
      double fine = noise.fbm(x * 240, y * 240, 3);
      Colour dry = new Colour(0.83, 0.735, 0.58).times(0.80 + 0.26 * ripple + 0.16 * fine);
      Colour wet = new Colour(0.53, 0.46, 0.37).times(0.84 + 0.22 * ripple);
      Colour sand = wet.mix(dry, smooth((inland - 0.012) / 0.055));
      double rim = Math.exp(-Math.pow(inland / 0.006, 2));
      colour =
          sand.mix(new Colour(0.97, 0.98, 0.98), 0.85 * rim * noise.fbm(x * 70, y * 90, 4) * 1.5);
    }
    return colour;
  }

  private static double smooth(double t) {
    double clamped = Math.min(Math.max(t, 0), 1);
    return clamped * clamped * (3 - 2 * clamped);
  }

  /** Light in three colours, 0 to 1. */
  private record Colour(double red, double green, double blue) {

    Colour plus(Colour other) {
      return new Colour(red + other.red, green + other.green, blue + other.blue);
    }

    Colour times(double factor) {
      return new Colour(red * factor, green * factor, blue * factor);
    }

    Colour mix(Colour other, double share) {
      return times(1 - share).plus(other.times(share));
    }

    Colour vignette(double x, double y) {
      double away = Math.hypot(x - 0.5, (y - 0.5) * 0.8);
      return times(1 - 0.42 * Math.pow(away, 2.4));
    }

    int rgb() {
      return byteOf(red) << 16 | byteOf(green) << 8 | byteOf(blue);
    }

    private static int byteOf(double light) {
      return (int) Math.round(255 * Math.min(Math.max(light, 0), 1));
    }
  }

  /** Smooth noise between 0 and 1. */
  private record Noise(long seed) {

    double at(long x, long y, long layer) {
      long h =
          seed * 0x9E3779B97F4A7C15L + x * 0xC2B2AE3D27D4EB4FL + y * 0x165667B19E3779F9L + layer;
      h = (h ^ h >>> 29) * 0xBF58476D1CE4E5B9L;
      h = (h ^ h >>> 32) * 0x94D049BB133111EBL;
      return (double) ((h ^ h >>> 31) >>> 11) / (1L << 53);
    }

    double smoothAt(double x, double y) {
      long ix = (long) Math.floor(x);
      long iy = (long) Math.floor(y);
      double tx = smooth(x - ix);
      double ty = smooth(y - iy);
      double upper = at(ix, iy, 0) * (1 - tx) + at(ix + 1, iy, 0) * tx;
      double lower = at(ix, iy + 1, 0) * (1 - tx) + at(ix + 1, iy + 1, 0) * tx;
      return upper * (1 - ty) + lower * ty;
    }

    double fbm(double x, double y, int octaves) {
      double sum = 0;
      double weight = 0.5;
      double total = 0;
      double u = x;
      double v = y;
      for (int octave = 0; octave < octaves; octave++) {
        sum += weight * smoothAt(u, v);
        total += weight;
        weight *= 0.5;
        // Turned at each octave, so that the grid doesn't show.
        double turned = 1.6 * u + 1.2 * v + 5.3;
        v = 1.6 * v - 1.2 * u + 1.7;
        u = turned;
      }
      return sum / total;
    }
  }
}
