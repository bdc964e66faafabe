package io.distri.cli.loadtest;

/**
 * Calls of a test.
 *
 * @param calls made or given up, whatever came of them
 * @param failed of them
 * @param late of them, begun later than they were due
 * @param notStarted of the failed, those for which no client was free in time
 */
record Counts(long calls, long failed, long late, long notStarted) {}
