/** Failures to start, told in words that help. */
@NullMarked
package io.distri.node.start;

import org.jspecify.annotations.NullMarked;
