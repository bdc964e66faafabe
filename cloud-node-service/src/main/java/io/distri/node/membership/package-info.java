/** The node table: who belongs to the cluster, and who is alive. */
@NullMarked
package io.distri.node.membership;

import org.jspecify.annotations.NullMarked;
