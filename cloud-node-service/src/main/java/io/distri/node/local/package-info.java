/** This node as it sees itself: its id, its addresses and its state. */
@NullMarked
package io.distri.node.local;

import org.jspecify.annotations.NullMarked;
