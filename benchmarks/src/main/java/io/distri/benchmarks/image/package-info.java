/**
 * What sealing and opening an image costs, beside what it can't cost less than: Jagged alone, the
 * checksums of the output, and the way that the original went.
 */
@NullMarked
package io.distri.benchmarks.image;

import org.jspecify.annotations.NullMarked;
