package io.distri.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A chart with lines, as SVG. Drawn by hand since chart libraries lay out by the fonts of the
 * machine, and this must be the same on all of them.
 */
final class LineChart {

  /** Told apart by the colour-blind too (Okabe and Ito). */
  private static final List<String> COLORS =
      List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000");

  private static final int LEFT = 70;
  private static final int TOP = 40;
  private static final int WIDTH = 520;
  private static final int HEIGHT = 300;

  private final String title;
  private final String xTitle;
  private final String yTitle;
  private final boolean logarithmic;
  private final List<Line> lines = new ArrayList<>();

  private record Line(String label, double[] x, double[] y) {}

  /**
   * @param logarithmic whether the y axis is; powers of ten, then
   */
  LineChart(String title, String xTitle, String yTitle, boolean logarithmic) {
    this.title = title;
    this.xTitle = xTitle;
    this.yTitle = yTitle;
    this.logarithmic = logarithmic;
  }

  LineChart line(String label, double[] x, double[] y) {
    lines.add(new Line(label, x, y));
    return this;
  }

  String svg() {
    double[] xs = lines.stream().flatMapToDouble(line -> Arrays.stream(line.x)).toArray();
    double[] ys = lines.stream().flatMapToDouble(line -> Arrays.stream(line.y)).toArray();
    Axis x = Axis.linear(xs, LEFT, LEFT + WIDTH);
    Axis y =
        logarithmic
            ? Axis.logarithmic(ys, TOP + HEIGHT, TOP)
            : Axis.fromZero(ys, TOP + HEIGHT, TOP);
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 400\" ")
        .append("font-family=\"sans-serif\" font-size=\"12\">\n")
        .append("<rect width=\"760\" height=\"400\" fill=\"white\"/>\n");
    text(svg, LEFT, 22, "start", title, " font-size=\"15\"");
    for (double tick : y.ticks()) {
      double at = y.at(tick);
      grid(svg, LEFT, at, LEFT + WIDTH, at);
      text(svg, LEFT - 8, at + 4, "end", number(tick), "");
    }
    for (double tick : x.ticks()) {
      double at = x.at(tick);
      grid(svg, at, TOP, at, TOP + HEIGHT);
      text(svg, at, TOP + HEIGHT + 18, "middle", number(tick), "");
    }
    text(svg, LEFT + WIDTH / 2.0, TOP + HEIGHT + 40, "middle", xTitle, "");
    text(svg, 16, TOP + HEIGHT / 2.0, "middle", yTitle, " transform=\"rotate(-90 16 190)\"");
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, lines.get(i), x::at, y::at, COLORS.get(i % COLORS.size()), TOP + 14 + i * 20);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void draw(
      StringBuilder svg,
      Line line,
      DoubleUnaryOperator x,
      DoubleUnaryOperator y,
      String color,
      int legendY) {
    svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"").append(color);
    svg.append("\" points=\"");
    for (int i = 0; i < line.x.length; i++) {
      svg.append(i == 0 ? "" : " ").append(place(x.applyAsDouble(line.x[i])));
      svg.append(',').append(place(y.applyAsDouble(line.y[i])));
    }
    svg.append("\"/>\n<rect x=\"604\" y=\"").append(legendY - 6);
    svg.append("\" width=\"16\" height=\"4\" fill=\"").append(color).append("\"/>\n");
    text(svg, 626, legendY, "start", line.label, "");
  }

  private static void grid(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append("<path stroke=\"#ddd\" d=\"M").append(place(x1)).append(' ').append(place(y1));
    svg.append(" L").append(place(x2)).append(' ').append(place(y2)).append("\"/>\n");
  }

  private static void text(
      StringBuilder svg, double x, double y, String anchor, String text, String more) {
    svg.append("<text x=\"").append(place(x)).append("\" y=\"").append(place(y));
    svg.append("\" text-anchor=\"").append(anchor).append('"').append(more).append('>');
    svg.append(text).append("</text>\n");
  }

  private static String place(double value) {
    return Text.decimals(value, 1);
  }

  private static String number(double value) {
    return value == StrictMath.rint(value) ? Text.whole(value) : Text.decimals(value, 1);
  }
}
