/** The peer as a program: the one place that says what it is made of. */
@NullMarked
package io.distri.peer;

import org.jspecify.annotations.NullMarked;
