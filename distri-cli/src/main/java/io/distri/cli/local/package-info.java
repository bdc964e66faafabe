/**
 * What the command line keeps and runs on this machine: its home directory and nodes as processes.
 */
@NullMarked
package io.distri.cli.local;

import org.jspecify.annotations.NullMarked;
