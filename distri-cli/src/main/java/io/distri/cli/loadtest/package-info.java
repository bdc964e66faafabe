/**
 * Tests of load: the original's matrix of node counts and client counts, its two workloads and the
 * columns of its results, with percentiles beside them.
 */
@NullMarked
package io.distri.cli.loadtest;

import org.jspecify.annotations.NullMarked;
