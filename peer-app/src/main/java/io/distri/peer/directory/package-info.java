/** The cloud's document DB as the directory of peers, images and permissions. */
@NullMarked
package io.distri.peer.directory;

import org.jspecify.annotations.NullMarked;
