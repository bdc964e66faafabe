package io.distri.cli.loadtest;

/**
 * One test of the matrix.
 *
 * @param servers nodes of the cluster
 * @param clients that call it at one time
 */
record Cell(int servers, int clients) {}
