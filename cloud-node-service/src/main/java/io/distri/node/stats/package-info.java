/** The Stats service: what a node counted since it started. */
@NullMarked
package io.distri.node.stats;

import org.jspecify.annotations.NullMarked;
