/** What commands say to people: sentences for failures, progress, tables. */
@NullMarked
package io.distri.cli.terminal;

import org.jspecify.annotations.NullMarked;
