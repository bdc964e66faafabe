/** What peers say in the directory: signed entries, and who may say what. */
@NullMarked
package io.distri.peer.entry;

import org.jspecify.annotations.NullMarked;
