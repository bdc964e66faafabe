/**
 * What a node keeps on disk: a log of its changes, and now and then all it holds, which takes the
 * place of the log before. Read at the start; else only written.
 */
@NullMarked
package io.distri.node.db.storage;

import org.jspecify.annotations.NullMarked;
