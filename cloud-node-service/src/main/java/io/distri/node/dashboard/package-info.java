/** The page at a node's {@code /}: what people see who type its address into a browser. */
@NullMarked
package io.distri.node.dashboard;

import org.jspecify.annotations.NullMarked;
