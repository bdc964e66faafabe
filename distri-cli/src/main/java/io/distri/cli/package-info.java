/**
 * The command line behind {@code ./distri}: one class a command. Commands read their arguments,
 * have others do the work and print what came of it; what goes wrong leaves them as a {@link
 * io.distri.cli.terminal.Failure}, which {@link io.distri.cli.Main} turns into a sentence.
 */
@NullMarked
package io.distri.cli;

import org.jspecify.annotations.NullMarked;
