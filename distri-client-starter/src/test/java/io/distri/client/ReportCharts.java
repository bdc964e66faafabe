package io.distri.client;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The report's charts. */
final class ReportCharts {

  private final Results results;

  ReportCharts(Results results) {
    this.results = results;
  }

  String load(Collection<Rule> rules) {
    List<Scenario> loads = Scenarios.loads();
    LineChart chart = new LineChart("p99 over load", "load, %", "ms, logarithmic", true);
    double[] x = loads.stream().mapToDouble(scenario -> scenario.load() * 100).toArray();
    for (Rule rule : rules) {
      chart.line(
          rule.label(),
          x,
          loads.stream().mapToDouble(scenario -> results.of(scenario, rule).p99()).toArray());
    }
    return chart.svg();
  }

  String outage(Collection<Rule> rules) {
    Scenario outage = Scenarios.outages().get(0);
    double windowMs = Measured.WINDOW_NANOS / 1e6;
    double[] at =
        IntStream.iterate(
                (int) Scenarios.DOWN_AT_MS - 2000,
                ms -> ms < outage.durationMs() - windowMs,
                ms -> ms + (int) windowMs)
            .asDoubleStream()
            .toArray();
    LineChart chart =
        new LineChart("All nodes down from 8 s to 16 s", "s", "calls served a second", false);
    double[] x = IntStream.range(0, at.length).mapToDouble(i -> at[i] / 1000).toArray();
    for (Rule rule : rules) {
      Measured measured = results.of(outage, rule);
      double[] y =
          IntStream.range(0, at.length).mapToDouble(i -> measured.goodput(at[i])).toArray();
      chart.line(rule.label(), x, y);
    }
    return chart.svg();
  }

  String growth() {
    LineChart chart =
        new LineChart("What a call costs as the cluster grows", "nodes", "a call", false);
    add(chart, "probes", Measured::probesPerCall);
    add(chart, "tries", Measured::sendsPerCall);
    add(chart, "report bytes / 100", measured -> measured.reportBytesPerCall() / 100);
    return chart.svg();
  }

  private void add(LineChart chart, String label, ToDoubleFunction<Measured> figure) {
    List<Scenario> growth = Scenarios.growth();
    chart.line(
        label,
        growth.stream().mapToDouble(Scenario::nodes).toArray(),
        growth.stream()
            .mapToDouble(scenario -> figure.applyAsDouble(results.of(scenario, Rule.DISTRI)))
            .toArray());
  }
}
