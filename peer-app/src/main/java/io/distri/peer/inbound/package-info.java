/** The port on which other peers call. */
@NullMarked
package io.distri.peer.inbound;

import org.jspecify.annotations.NullMarked;
