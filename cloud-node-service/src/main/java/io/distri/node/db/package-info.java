/**
 * The replicated document DB of one node, in memory: immutable states that merge to the same result
 * in whatever order they meet, snapshots of them, and the engine that writes, reads and exchanges.
 * No I/O, no Spring; clock and randomness are passed in.
 *
 * <p>A write is named by a {@link io.distri.node.db.Dot}; what a node holds by a {@link
 * io.distri.node.db.VersionVector}; {@link io.distri.node.db.Merge} joins two states of a document;
 * {@link io.distri.node.db.Replica} is the engine behind {@link io.distri.node.db.DocumentStore}.
 */
@NullMarked
package io.distri.node.db;

import org.jspecify.annotations.NullMarked;
