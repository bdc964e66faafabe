/**
 * Bounds on what strangers cause: lines in a log, and guesses of a credential. For nodes and peers.
 */
@NullMarked
package io.distri.protocol.guard;

import org.jspecify.annotations.NullMarked;
