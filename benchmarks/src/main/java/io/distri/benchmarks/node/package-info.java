/** What a whole node costs, beside what its parts cost. */
@NullMarked
package io.distri.benchmarks.node;

import org.jspecify.annotations.NullMarked;
