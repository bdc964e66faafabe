package io.distri.protocol.image.scenery;

import static io.distri.protocol.image.scenery.Noise.smooth;

/** The skylines of mountains and woods. */
record Ridges(Noise noise) {

  /** How high a ridge stands at a place, about 0 to 1. */
  double crest(int ridge, double x) {
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
  double pines(double x) {
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
}
