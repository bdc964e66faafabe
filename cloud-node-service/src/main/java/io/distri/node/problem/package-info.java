/** Errors as RFC 9457 problem documents, whoever noticed them. */
@NullMarked
package io.distri.node.problem;

import org.jspecify.annotations.NullMarked;
