/**
 * The client of a Distri cluster. For each call it elects the least loaded node; <em>election</em>
 * here is node selection by the client for one call: there is no term, no quorum and no vote.
 *
 * <p>A call flows one way: {@code CallLoop} asks {@code Election} for a node, {@code NodeTransport}
 * carries the request there, and the outcome feeds {@code ScoreTracker}, {@code Breakers} and
 * {@code RetryBudget}. {@code NodeDirectory} knows the nodes. Nothing here needs Spring; what wires
 * it into an application stands in {@code io.distri.client.autoconfigure}.
 */
@NullMarked
package io.distri.client;

import org.jspecify.annotations.NullMarked;
