/**
 * Line charts as SVG, for pages that load nothing: logarithmic axes, words for those who listen.
 */
@NullMarked
package io.distri.cli.loadtest.chart;

import org.jspecify.annotations.NullMarked;
