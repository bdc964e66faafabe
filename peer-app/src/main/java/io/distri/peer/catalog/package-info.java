/** The images in this peer's own folder, and those that others publish. */
@NullMarked
package io.distri.peer.catalog;

import org.jspecify.annotations.NullMarked;
