/**
 * How nodes keep each other current: {@code UpdateInfo}, a push-pull anti-entropy. Each node pushes
 * its own writes to every member as they come, and pulls out of one consistent snapshot what it
 * missed.
 */
@NullMarked
package io.distri.node.sync;

import org.jspecify.annotations.NullMarked;
