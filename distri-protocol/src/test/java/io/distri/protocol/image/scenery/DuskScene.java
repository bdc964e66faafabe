package io.distri.protocol.image.scenery;

import static io.distri.protocol.image.scenery.Noise.smooth;

/** Mountains at dusk, layer behind layer. */
record DuskScene(Noise noise, Ridges ridges) implements Scene {

  DuskScene(long seed) {
    this(new Noise(seed));
  }

  private DuskScene(Noise noise) {
    this(noise, new Ridges(noise));
  }

  @Override
  public Colour at(double x, double y) {
    Colour colour = duskSky(x, y);
    int layers = 6;
    for (int ridge = 0; ridge < layers; ridge++) {
      double near = ridge / (layers - 1.0);
      double base = 0.50 + 0.45 * Math.pow(near, 1.2);
      double tall = 0.20 - 0.06 * near;
      double top = base - tall * ridges.crest(ridge, x * (1.5 + 1.1 * near));
      if (ridge == layers - 1) {
        top -= ridges.pines(x);
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
}
