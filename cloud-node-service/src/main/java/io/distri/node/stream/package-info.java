/** Streams of server-sent events: how many there are, whose they are, and when they end. */
@NullMarked
package io.distri.node.stream;

import org.jspecify.annotations.NullMarked;
