/** Keys made at the first start of a container cluster. */
@NullMarked
package io.distri.node.keys;

import org.jspecify.annotations.NullMarked;
