/**
 * The client of a Distri cluster. For each call it elects the least loaded node; <em>election</em>
 * here is node selection by the client for one call: there is no term, no quorum and no vote.
 */
@NullMarked
package io.distri.client;

import org.jspecify.annotations.NullMarked;
