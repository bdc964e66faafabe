/** What a peer keeps on its disk: its keys, its folders, files that survive a crash. */
@NullMarked
package io.distri.peer.vault;

import org.jspecify.annotations.NullMarked;
