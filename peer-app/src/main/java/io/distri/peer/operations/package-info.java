/** What a person can do with a peer, whatever the way in. */
@NullMarked
package io.distri.peer.operations;

import org.jspecify.annotations.NullMarked;
