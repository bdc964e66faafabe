/** The orders of operators, on the internal port. */
@NullMarked
package io.distri.node.admin;

import org.jspecify.annotations.NullMarked;
