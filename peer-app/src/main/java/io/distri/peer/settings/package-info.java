/** What a peer is told. */
@NullMarked
package io.distri.peer.settings;

import org.jspecify.annotations.NullMarked;
