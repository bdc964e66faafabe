/** How far requests, grants, deliveries and views have come, for whoever wants to know. */
@NullMarked
package io.distri.peer.progress;

import org.jspecify.annotations.NullMarked;
