package io.distri.cli.loadtest;

import io.distri.cli.terminal.Failure;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Results as pictures: a line for each node count over the number of clients. */
final class ResultCharts {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;

  /** Told apart by the colour-blind too (Okabe and Ito), in the order of the node counts. */
  private static final List<Color> COLORS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x000000));

  private static final BasicStroke DASHED =
      new BasicStroke(
          1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {6f, 5f}, 0f);

  private final Kind kind;
  private final Map<Integer, List<CellResult>> byServers;

  ResultCharts(Kind kind, List<CellResult> results) {
    this.kind = kind;
    this.byServers =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result -> result.cell().servers(), TreeMap::new, Collectors.toList()));
  }

  /** Draws the charts into files of a directory and returns these. */
  List<Path> draw(Path directory) {
    Path response = directory.resolve(kind.key() + "-response-time.png");
    Path failed = directory.resolve(kind.key() + "-failed-tasks.png");
    save(responseTime(), response);
    save(failedTasks(), failed);
    return List.of(response, failed);
  }

  private XYChart responseTime() {
    XYChart chart = chart("mean response time", "seconds, logarithmic");
    chart.getStyler().setYAxisLogarithmic(true);
    // A logarithm has no zero: a test in which no call ended well has no point.
    series(chart, result -> result.response().isZero() ? Double.NaN : seconds(result));
    return chart;
  }

  private XYChart failedTasks() {
    XYChart chart = chart("failed tasks", "percent of all tasks");
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
    series(chart, result -> 100.0 * result.failed() / result.calls());
    addOriginal(chart);
    return chart;
  }

  private static double seconds(CellResult result) {
    return result.response().toNanos() / 1e9;
  }

  private XYChart chart(String what, String unit) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Distri, " + kind.key() + ": " + what)
            .xAxisTitle("clients, logarithmic")
            .yAxisTitle(unit)
            .build();
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setLegendPosition(LegendPosition.OutsideE)
        .setChartBackgroundColor(Color.WHITE);
    return chart;
  }

  private void series(XYChart chart, ToDoubleFunction<CellResult> value) {
    byServers.forEach((servers, results) ->
        chart
            .addSeries(
                nodes(servers),
                results.stream().mapToDouble(result -> result.cell().clients()).toArray(),
                results.stream().mapToDouble(value).toArray())
            .setMarker(SeriesMarkers.CIRCLE)
            .setMarkerColor(color(servers))
            .setLineColor(color(servers)));
  }

  private void addOriginal(XYChart chart) {
    OriginalResults original = OriginalResults.of(kind);
    byServers.forEach((servers, results) -> {
      List<CellResult> known =
          results.stream().filter(result -> failed(original, result).isPresent()).toList();
      if (!known.isEmpty()) {
        chart
            .addSeries(
                "original, " + nodes(servers),
                known.stream().mapToDouble(result -> result.cell().clients()).toArray(),
                known.stream().mapToDouble(result -> percent(original, result)).toArray())
            .setMarker(SeriesMarkers.NONE)
            .setLineColor(color(servers))
            .setLineStyle(DASHED);
      }
    });
  }

  private static OptionalLong failed(OriginalResults original, CellResult result) {
    return original.failed(result.cell().servers(), result.cell().clients());
  }

  private double percent(OriginalResults original, CellResult result) {
    long calls = OriginalResults.calls(kind, result.cell().clients());
    return 100.0 * failed(original, result).orElseThrow() / calls;
  }

  private static String nodes(int count) {
    return count == 1 ? "1 node" : count + " nodes";
  }

  private static Color color(int servers) {
    return COLORS.get((servers - 1) % COLORS.size());
  }

  private static void save(XYChart chart, Path file) {
    try {
      Files.write(file, ChartEncoder.getBytes(chart, "PNG"));
    } catch (IOException e) {
      throw Failure.of("The chart can't be written", e);
    }
  }
}
