package io.distri.cli.loadtest.chart;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/**
 * Lines over two axes, as an SVG element that scales with the page. Colours are the page's: CSS
 * classes {@code c1} to {@code c7} set {@code color}; {@code grid} and {@code axis} are the rest.
 *
 * @param title for those who listen
 */
public record LineChart(String title, Axis x, Axis y, List<Line> lines) {

  private static final int WIDTH = 440;
  private static final int HEIGHT = 300;
  private static final int LEFT = 66;
  private static final int RIGHT = WIDTH - 26;
  private static final int TOP = 10;
  private static final int BOTTOM = HEIGHT - 42;

  /** Height of a label at the end of a line. */
  private static final double LABEL_GAP = 12;

  /** From the last point to its label. */
  private static final double LABEL_DISTANCE = 11;

  public LineChart {
    lines = List.copyOf(lines);
  }

  /** The element. */
  public String svg() {
    Formatter svg = new Formatter(Locale.ROOT);
    svg.format(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n", WIDTH, HEIGHT, words());
    drawAxes(svg);
    List<Line> drawn = lines.stream().map(this::visible).filter(LineChart::hasPoints).toList();
    drawn.forEach(line -> draw(svg, line));
    drawLabels(svg, drawn);
    return svg.format("</svg>\n").toString();
  }

  /** Each line's first and last value in words: a table has them all. */
  private String words() {
    String values =
        lines.stream()
            .map(this::visible)
            .filter(LineChart::hasPoints)
            .map(this::words)
            .collect(Collectors.joining(" "));
    return HtmlUtils.htmlEscape(title + ". " + (values.isEmpty() ? "No values." : values));
  }

  private String words(Line line) {
    Point first = line.points().get(0);
    Point last = line.points().get(line.points().size() - 1);
    String begin = line.name() + ": " + words(first);
    return first.equals(last) ? begin + "." : begin + ", " + words(last) + ".";
  }

  private String words(Point point) {
    return y.words().apply(point.y()) + " at " + x.words().apply(point.x()) + " " + x.label();
  }

  private Line visible(Line line) {
    return new Line(
        line.name(),
        line.number(),
        line.points().stream()
            .filter(point -> x.scale().has(point.x()) && y.scale().has(point.y()))
            .toList());
  }

  private static boolean hasPoints(Line line) {
    return !line.points().isEmpty();
  }

  private void drawAxes(Formatter svg) {
    for (double tick : y.scale().ticks()) {
      double at = down(tick);
      svg.format("<path class=\"grid\" d=\"M%d %.1fH%d\"/>\n", LEFT, at, RIGHT);
      svg.format(
          "<text class=\"axis\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
          LEFT - 6, at + 4, y.words().apply(tick));
    }
    for (double tick : x.scale().ticks()) {
      double at = across(tick);
      svg.format("<path class=\"grid\" d=\"M%.1f %dV%d\"/>\n", at, TOP, BOTTOM);
      svg.format(
          "<text class=\"axis\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
          at, BOTTOM + 16, x.words().apply(tick));
    }
    svg.format(
        "<text class=\"axis\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
        (LEFT + RIGHT) / 2, HEIGHT - 6, HtmlUtils.htmlEscape(x.label()));
  }

  private void draw(Formatter svg, Line line) {
    svg.format("<g class=\"line %s\">\n", Marker.color(line.number()));
    String points =
        line.points().stream()
            .map(point ->
                String.format(Locale.ROOT, "%.1f,%.1f", across(point.x()), down(point.y())))
            .collect(Collectors.joining(" "));
    svg.format("<polyline points=\"%s\"/>\n", points);
    for (Point point : line.points()) {
      svg.format(
          "<path transform=\"translate(%.1f %.1f)\" d=\"%s\"><title>%s: %s</title></path>\n",
          across(point.x()),
          down(point.y()),
          Marker.path(line.number()),
          HtmlUtils.htmlEscape(line.name()),
          HtmlUtils.htmlEscape(words(point)));
    }
    svg.format("</g>\n");
  }

  /** Lines that end at one x would have their labels over each other. */
  private void drawLabels(Formatter svg, List<Line> drawn) {
    drawn.stream()
        .collect(Collectors.groupingBy(line -> end(line).x()))
        .forEach((end, together) -> {
          double[] wanted = together.stream().mapToDouble(line -> down(end(line).y())).toArray();
          double[] placed = EndLabels.spread(wanted, LABEL_GAP, TOP + 4, BOTTOM);
          for (int i = 0; i < placed.length; i++) {
            int number = together.get(i).number();
            svg.format(
                "<text class=\"end %s\" x=\"%.1f\" y=\"%.1f\">%d</text>\n",
                Marker.color(number), across(end) + LABEL_DISTANCE, placed[i] + 4, number);
          }
        });
  }

  private static Point end(Line line) {
    return line.points().get(line.points().size() - 1);
  }

  private double across(double value) {
    return LEFT + x.scale().at(value) * (RIGHT - LEFT);
  }

  private double down(double value) {
    return BOTTOM - y.scale().at(value) * (BOTTOM - TOP);
  }
}
