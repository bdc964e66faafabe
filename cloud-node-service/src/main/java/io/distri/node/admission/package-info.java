/** How many calls a node runs and lets wait, and how it measures and reports its load. */
@NullMarked
package io.distri.node.admission;

import org.jspecify.annotations.NullMarked;
