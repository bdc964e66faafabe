package io.distri.cli.loadtest.chart;

import java.util.function.DoubleFunction;

/**
 * An axis of a chart.
 *
 * @param label what it measures
 * @param words a value as people read it
 */
public record Axis(String label, LogScale scale, DoubleFunction<String> words) {}
