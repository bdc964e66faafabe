/** Keys that the containers of one Compose cluster share. */
@NullMarked
package io.distri.cli.keys;

import org.jspecify.annotations.NullMarked;
