package io.distri.cli.loadtest.chart;

/** A value of a line. */
public record Point(double x, double y) {}
