/** The node's properties, as values that hold what they promise. */
@NullMarked
package io.distri.node.settings;

import org.jspecify.annotations.NullMarked;
