/** Taking views of borrowed images. */
@NullMarked
package io.distri.peer.viewing;

import org.jspecify.annotations.NullMarked;
