/** Bytes from peer to peer: sealing, sending, receiving. */
@NullMarked
package io.distri.peer.transfer;

import org.jspecify.annotations.NullMarked;
