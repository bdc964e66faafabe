/**
 * Backups of the DB: their format, writing one while the node runs, and taking documents in again
 * as new writes.
 */
@NullMarked
package io.distri.node.backup;

import org.jspecify.annotations.NullMarked;
