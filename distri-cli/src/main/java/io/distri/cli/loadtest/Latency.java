package io.distri.cli.loadtest;

import java.time.Duration;

/**
 * Times of a test's calls, for their clients.
 *
 * @param p999 99.9th percentile
 */
record Latency(Duration mean, Duration p50, Duration p99, Duration p999) {}
