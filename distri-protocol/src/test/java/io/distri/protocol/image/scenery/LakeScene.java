package io.distri.protocol.image.scenery;

import static io.distri.protocol.image.scenery.Noise.smooth;

/** A lake in the morning that mirrors its mountains. */
record LakeScene(Noise noise, Ridges ridges) implements Scene {

  LakeScene(long seed) {
    this(new Noise(seed));
  }

  private LakeScene(Noise noise) {
    this(noise, new Ridges(noise));
  }

  @Override
  public Colour at(double x, double y) {
    double shore = 0.60;
    if (y < shore) {
      return land(x, y, shore).vignette(x / 1.5, y);
    }
    double down = (y - shore) / (1 - shore);
    // Ripples bend the mirror, more so near the eye.
    double stretched = 90 / (0.25 + 2.2 * down);
    double ripple = noise.fbm(x * 7 * (1.6 - down), (y - shore) * stretched, 5) - 0.5;
    double mirrored = shore - 0.90 * (y - shore) - ripple * 0.055 * (0.15 + down);
    Colour mirror = land(x + 0.012 * ripple * down, Math.min(mirrored, shore - 0.0005), shore);
    Colour deep = new Colour(0.035, 0.155, 0.185);
    Colour water = mirror.times(0.90).mix(deep, 0.16 + 0.56 * Math.pow(down, 1.3));
    double breeze = smooth((noise.fbm(x * 1.8 + 3, (y - shore) * 26, 4) - 0.56) / 0.1);
    double sparkle = breeze * (0.10 + 0.6 * Math.max(ripple, 0)) * (1 - 0.75 * down);
    water = water.mix(new Colour(0.80, 0.89, 0.93), Math.min(sparkle, 0.5));
    water = water.mix(new Colour(0.90, 0.93, 0.92), 0.30 * Math.exp(-down * 60));
    return water.vignette(x / 1.5, y);
  }

  private Colour land(double x, double y, double shore) {
    Colour colour = daySky(x, y, shore);
    int layers = 5;
    for (int ridge = 0; ridge < layers; ridge++) {
      double near = ridge / (layers - 1.0);
      double base = 0.52 + 0.085 * near;
      double tall = 0.40 * Math.pow(1 - near, 1.25) + 0.045;
      double line = ridges.crest(ridge, x * (1.15 + 0.9 * near) + 2.4);
      double top = base - tall * Math.pow(line, 1.5) * valley(x, near);
      if (ridge >= layers - 2) {
        top -= 0.72 * ridges.pines(x * (1.25 + 0.5 * (layers - 1 - ridge)) + ridge);
      }
      if (y >= top) {
        colour = slope(x, y, top, ridge, near);
      }
    }
    return colour;
  }

  /** Opens the middle, so that the farthest peak stands free. */
  private static double valley(double x, double near) {
    double away = Math.abs(x - 0.86) / 0.75;
    return near == 0 ? 1.12 - 0.5 * smooth(away) : 0.50 + 0.75 * smooth(away + 0.12);
  }

  private Colour slope(double x, double y, double top, int ridge, double near) {
    double relief = noise.ridged(x * 7 + 11 * ridge, y * 7 + 1.5 * noise.fbm(x * 5, y * 5, 3), 6);
    double lit =
        noise.ridged(x * 7 + 11 * ridge + 0.05, y * 7 - 0.04 + 1.5 * noise.fbm(x * 5, y * 5, 3), 6);
    double light = 0.72 + 2.6 * (relief - lit) + 0.35 * (relief - 0.5);
    Colour rock = new Colour(0.44, 0.45, 0.49).times(light);
    Colour meadow = new Colour(0.30, 0.40, 0.19).times(0.55 + 0.7 * light);
    Colour forest =
        new Colour(0.060, 0.145, 0.105).times(0.55 + 0.8 * noise.fbm(x * 90, y * 60, 4));
    double height = (0.58 - y) / 0.30;
    double snow =
        smooth((height - 0.36 + 0.55 * (noise.fbm(x * 16, y * 16, 5) - 0.5)) / 0.09)
            * smooth((light - 0.45) / 0.2);
    Colour mountain = meadow.mix(rock, smooth((height - 0.12 + 0.4 * (relief - 0.5)) / 0.22));
    mountain =
        mountain.mix(
            new Colour(0.97, 0.98, 1.0).times(0.62 + 0.46 * light),
            ridge == 0 ? snow : 0.35 * snow);
    Colour ground = mountain.mix(forest, smooth((near - 0.30) / 0.45));
    Colour air = new Colour(0.60, 0.72, 0.83);
    double mist =
        0.55
            * Math.exp(-Math.pow((y - 0.575) / 0.030, 2))
            * noise.fbm(x * 2.2 + ridge, y * 22, 4)
            * (1 - 0.35 * near);
    return ground.mix(air, 0.50 * Math.pow(1 - near, 1.4)).mix(new Colour(0.93, 0.94, 0.92), mist);
  }

  private Colour daySky(double x, double y, double horizon) {
    Colour high = new Colour(0.23, 0.45, 0.74);
    Colour low = new Colour(0.93, 0.90, 0.82);
    Colour sky = high.mix(low, Math.pow(Math.min(y / horizon, 1), 1.5));
    double perspective = 0.16 / (horizon + 0.10 - y);
    double u = (x - 0.75) * perspective * 3.2 + 4;
    double v = perspective * 5.5;
    double warp = noise.fbm(u * 0.9 + 5, v * 0.9, 4);
    double cloud = noise.fbm(u + 1.2 * warp, v + 0.8 * warp, 7);
    double cover = smooth((cloud - 0.47) / 0.20);
    double under = noise.fbm(u + 1.2 * warp + 0.10, v + 0.8 * warp + 0.14, 7);
    double shade = smooth((under - cloud + 0.08) / 0.16);
    Colour white =
        new Colour(1.0, 0.975, 0.94).mix(new Colour(0.72, 0.75, 0.81), 0.6 * (1 - shade));
    return sky.mix(white, 0.85 * cover);
  }
}
