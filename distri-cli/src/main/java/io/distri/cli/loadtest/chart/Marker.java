package io.distri.cli.loadtest.chart;

import java.util.List;

/** Shapes of points, so that no line is told by its colour alone. */
public final class Marker {

  /** Circle, square, triangle, diamond, the triangle on its head, cross, star. */
  private static final List<String> SHAPES =
      List.of(
          "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z",
          "M-3.2-3.2h6.4v6.4h-6.4z",
          "M0-4.2L4 3H-4z",
          "M0-4.6L4 0L0 4.6L-4 0z",
          "M0 4.2L4-3H-4z",
          "M-1.3-4h2.6v2.7H4v2.6H1.3V4h-2.6V1.3H-4v-2.6h2.7z",
          "M0-5l1.3 3.2 3.5.3-2.7 2.2.9 3.4L0 2.3l-3 1.8.9-3.4-2.7-2.2 3.5-.3z");

  private Marker() {}

  /** The outline of a line's marker around the origin, as the {@code d} of an SVG path. */
  public static String path(int number) {
    return SHAPES.get(Math.floorMod(number - 1, SHAPES.size()));
  }

  /** The CSS class of a line's colour, {@code c1} to {@code c7}. */
  public static String color(int number) {
    return "c" + (Math.floorMod(number - 1, SHAPES.size()) + 1);
  }
}
