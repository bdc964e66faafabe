package io.distri.cli.loadtest.chart;

import java.util.List;

/**
 * Points that belong together.
 *
 * @param name in words
 * @param number that stands at its end and gives it its colour and its marker
 * @param points in the order of their x
 */
public record Line(String name, int number, List<Point> points) {

  public Line {
    points = List.copyOf(points);
  }
}
