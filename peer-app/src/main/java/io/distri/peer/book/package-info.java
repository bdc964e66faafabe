/** The entries that concern this peer, its own among them, kept on its disk. */
@NullMarked
package io.distri.peer.book;

import org.jspecify.annotations.NullMarked;
