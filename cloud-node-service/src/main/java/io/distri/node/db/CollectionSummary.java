package io.distri.node.db;

/**
 * A collection in numbers.
 *
 * @param epoch see {@link CollectionState#epoch()}
 * @param documents how many reads find
 * @param tombstones how many are deleted, but still remembered
 * @param conflicted how many have siblings that nobody has resolved
 */
public record CollectionSummary(
    String name, long epoch, int documents, int tombstones, int conflicted) {}
