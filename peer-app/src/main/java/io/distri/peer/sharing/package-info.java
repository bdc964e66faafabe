/** Requests and grants, and what keeps them in step with the directory and the other side. */
@NullMarked
package io.distri.peer.sharing;

import org.jspecify.annotations.NullMarked;
