package io.distri.cli.loadtest;

import io.distri.cli.loadtest.chart.Axis;
import io.distri.cli.loadtest.chart.Line;
import io.distri.cli.loadtest.chart.LineChart;
import io.distri.cli.loadtest.chart.LogScale;
import io.distri.cli.loadtest.chart.Point;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** How the cost of a call grows with the number of nodes. */
final class CostCharts {

  private final Map<Integer, Cost> costs = new TreeMap<>();

  CostCharts(List<CellResult> results) {
    Map<Integer, Long> calls = new TreeMap<>();
    for (CellResult result : results) {
      costs.merge(result.cell().servers(), result.cost(), Cost::plus);
      calls.merge(result.cell().servers(), result.counts().calls(), Long::sum);
    }
    costs.replaceAll((servers, cost) -> cost.each(calls.getOrDefault(servers, 1L)));
  }

  /** A section; empty where there are too few sizes of clusters to compare. */
  String html() {
    if (costs.size() < 2) {
      return "";
    }
    return """
    <section>
    <h2>What a call costs</h2>
    <p>Means over all tests of a cluster of that size. Programs that have just started are slow and are being \
    compiled, and with more nodes there are more of them: compare after a long warm-up only.</p>
    <div class="pair">
    <figure><figcaption>Processor time, ms: 1 all nodes, 2 the clients</figcaption>
    %s</figure>
    <figure><figcaption>What the clients read and wrote, KB</figcaption>
    %s</figure>
    </div>
    </section>
    """
        .formatted(
            chart(
                "Processor time of a call",
                "ms",
                CostCharts::words,
                List.of(
                    line("All nodes", 1, Cost::nodesCpuMs), line("Clients", 2, Cost::clientCpuMs))),
            chart(
                "Bytes of a call",
                "KB",
                value -> words(value / 1000),
                List.of(line("Clients", 1, Cost::clientBytes))));
  }

  /** Three digits: a call of a document has less than a KB. */
  private static String words(double value) {
    return new BigDecimal(value, new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  private String chart(String title, String unit, DoubleFunction<String> words, List<Line> lines) {
    LogScale across = LogScale.over(costs.keySet().stream().mapToDouble(Integer::doubleValue));
    LogScale up =
        LogScale.overDecades(
            lines.stream().map(Line::points).flatMap(Collection::stream).mapToDouble(Point::y),
            false);
    return new LineChart(
            title, new Axis("nodes", across, Words::plain), new Axis(unit, up, words), lines)
        .svg();
  }

  private Line line(String name, int number, ToDoubleFunction<Cost> value) {
    List<Point> points = new ArrayList<>();
    costs.forEach((servers, cost) -> points.add(new Point(servers, value.applyAsDouble(cost))));
    return new Line(name, number, points);
  }
}
