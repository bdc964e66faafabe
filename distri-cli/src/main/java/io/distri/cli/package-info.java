/** The command line behind {@code ./distri}: one class a command. */
@NullMarked
package io.distri.cli;

import org.jspecify.annotations.NullMarked;
