package io.distri.cli.loadtest;

import io.distri.cli.loadtest.chart.Axis;
import io.distri.cli.loadtest.chart.Line;
import io.distri.cli.loadtest.chart.LineChart;
import io.distri.cli.loadtest.chart.LogScale;
import io.distri.cli.loadtest.chart.Marker;
import io.distri.cli.loadtest.chart.Point;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The original's three charts, each twice on the same axes: ours, and all that the original
 * published.
 */
final class ResultCharts {

  private final List<Figures> ours;
  private final List<Figures> theirs;

  /** What the charts show of a test; a time is zero where there was none to take. */
  private record Figures(Cell cell, double failed, double completion, double response) {}

  ResultCharts(List<CellResult> results, List<OriginalResult> original) {
    this.ours =
        results.stream()
            .map(result ->
                new Figures(
                    result.cell(),
                    result.counts().failed(),
                    seconds(result.completion()),
                    seconds(result.latency().mean())))
            .toList();
    this.theirs =
        original.stream()
            .map(result ->
                new Figures(
                    result.cell(),
                    result.failed(),
                    seconds(result.completion()),
                    seconds(result.response())))
            .toList();
  }

  /** A legend and three sections. */
  String html() {
    return legend()
        + section(
            "Average completion time",
            "On the node, from the arrival of a call to its completion. No point where none completed.",
            axis(Figures::completion))
        + section(
            "Average response time",
            "For the client, its wait in line and repeated tries included.",
            axis(Figures::response))
        + section(
            "Failed tasks", "Calls that a client saw fail. Zero lies at the bottom.", failed());
  }

  /** A chart's upright axis and what is drawn along it. */
  private record Measure(Axis axis, ToDoubleFunction<Figures> value) {}

  private Measure axis(ToDoubleFunction<Figures> value) {
    LogScale scale = LogScale.overDecades(all().mapToDouble(value), false);
    return new Measure(new Axis("time", scale, Words::seconds), value);
  }

  private Measure failed() {
    LogScale scale = LogScale.overDecades(all().mapToDouble(Figures::failed), true);
    return new Measure(new Axis("failed", scale, Words::count), Figures::failed);
  }

  private String section(String title, String explanation, Measure measure) {
    return """
    <section>
    <h2>%1$s</h2>
    <p>%2$s</p>
    <div class="pair">
    <figure><figcaption>Distri</figcaption>
    %3$s</figure>
    <figure><figcaption>The original</figcaption>
    %4$s</figure>
    </div>
    </section>
    """
        .formatted(
            title,
            explanation,
            chart(title + ", Distri", measure, ours),
            chart(title + ", the original", measure, theirs));
  }

  private String chart(String title, Measure measure, List<Figures> figures) {
    LogScale clients = LogScale.over(all().mapToDouble(each -> each.cell().clients()));
    Axis across = new Axis("clients", clients, Words::plain);
    return new LineChart(title, across, measure.axis(), lines(figures, measure.value())).svg();
  }

  private static List<Line> lines(List<Figures> figures, ToDoubleFunction<Figures> value) {
    return figures.stream()
        .sorted(Comparator.comparingInt(each -> each.cell().clients()))
        .collect(
            Collectors.groupingBy(each -> each.cell().servers(), TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(entry -> line(entry.getKey(), entry.getValue(), value))
        .toList();
  }

  private static Line line(int servers, List<Figures> figures, ToDoubleFunction<Figures> value) {
    return new Line(
        Words.nodes(servers),
        servers,
        figures.stream()
            .map(each -> new Point(each.cell().clients(), value.applyAsDouble(each)))
            .toList());
  }

  private String legend() {
    String keys =
        all()
            .map(each -> each.cell().servers())
            .distinct()
            .sorted()
            .map(servers ->
                "<li class=\"line %s\"><svg viewBox=\"-6 -6 12 12\" aria-hidden=\"true\"><path d=\"%s\"/></svg>%s</li>"
                    .formatted(Marker.color(servers), Marker.path(servers), Words.nodes(servers)))
            .collect(Collectors.joining("\n"));
    return "<ul class=\"legend\" aria-label=\"Lines\">\n" + keys + "\n</ul>\n";
  }

  private Stream<Figures> all() {
    return Stream.concat(ours.stream(), theirs.stream());
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
