/** The commands that give orders to nodes, with a key of the operator's own. */
@NullMarked
package io.distri.cli.operator;

import org.jspecify.annotations.NullMarked;
