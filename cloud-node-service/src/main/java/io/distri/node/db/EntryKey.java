package io.distri.node.db;

import org.jspecify.annotations.Nullable;

/**
 * What a write concerns.
 *
 * @param collection the collection's name
 * @param epoch the collection's when it was written
 * @param uuid the document; null where it is the collection as a whole
 */
record EntryKey(String collection, long epoch, @Nullable String uuid) {}
