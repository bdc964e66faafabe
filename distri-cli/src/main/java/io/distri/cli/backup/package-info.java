/** The commands that take the documents of a cluster out and bring them in. */
@NullMarked
package io.distri.cli.backup;

import org.jspecify.annotations.NullMarked;
